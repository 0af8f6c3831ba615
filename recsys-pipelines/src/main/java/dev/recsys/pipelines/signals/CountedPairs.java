package dev.recsys.pipelines.signals;

/** Pairs of which every session counts one. Holds 8 bytes an item; one thread at a time. */
final class CountedPairs implements PairCounts {
    private static final int AHEAD = 16;

    private final MarkedBaskets baskets;
    private final int[] common; // [item]
    private final int[] touched; // [entry] item; one more, see add

    @SuppressWarnings("UnusedVariable") // written so that no compiler leaves the reading ahead out
    private int ahead;

    CountedPairs(MarkedBaskets baskets) {
        this.baskets = baskets;
        this.common = new int[baskets.itemCount()];
        this.touched = new int[baskets.itemCount() + 1];
    }

    @Override
    public void forEach(int item, Taker taker) {
        int end = baskets.end(item);
        int touchedCount = 0;
        for (int from = baskets.start(item); from < end; from += AHEAD) {
            int to = Math.min(end, from + AHEAD);
            ahead += readAhead(from, to);
            touchedCount = add(from, to, touchedCount);
        }
        for (int i = 0; i < touchedCount; i++) {
            int neighbour = touched[i];
            int sessions = common[neighbour];
            common[neighbour] = 0;
            taker.take(neighbour, sessions, 0);
        }
    }

    /** Reads the first item of some baskets, none of which waits for another: so their way into the cache is one wait. */
    private int readAhead(int from, int to) {
        int sum = 0;
        for (int entry = from; entry < to; entry++) {
            sum += baskets.items[baskets.starts[entry]];
        }
        return sum;
    }

    /**
     * Adds some baskets up and returns how many items are touched. Each item is put down as touched, and kept if its count
     * was 0: a branch would be foretold wrongly too often.
     */
    private int add(int from, int to, int touchedBefore) {
        int[] items = baskets.items; // in local variables, for the compiler reads fields again after each store
        int[] counts = common;
        int[] found = touched;
        int touchedCount = touchedBefore;
        for (int entry = from; entry < to; entry++) {
            int position = baskets.starts[entry];
            int marked;
            do {
                marked = items[position++];
                int neighbour = marked & ~MarkedBaskets.LAST;
                int before = counts[neighbour];
                counts[neighbour] = before + 1;
                found[touchedCount] = neighbour;
                touchedCount += (before - 1) >>> (Integer.SIZE - 1);
            } while (marked >= 0);
        }
        return touchedCount;
    }
}
