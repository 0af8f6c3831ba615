package dev.recsys.pipelines.signals;

import java.io.IOException;

/**
 * Loads sessions for one range of items after the other: all sessions with an item of the range, and no others. Ranges are
 * as long as the memory allows.
 *
 * <p>A session is loaded for a range that begins at an item if the smallest of its items from there on is in the range. So
 * how many sessions a range of any length takes is known from a count by that item, and while one range is loaded those
 * for the next are counted: the file is read once a range and once before.
 */
final class BasketRanges {
    private final SpilledBaskets baskets;
    private final CoocSettings settings;
    private final int itemCount;
    private final long loadedBytes;

    /** Takes the sessions of a range of items. */
    interface Taker {
        /**
         * Takes all sessions with an item of the range.
         *
         * @param from the first item of the range
         * @param to the one after the last
         * @throws IOException ends the work
         */
        void take(int from, int to, Baskets loaded) throws IOException;
    }

    /**
     * Creates the ranges.
     *
     * @param settings say what is asked of sessions
     * @param loadedBytes what loaded sessions may take; those of a single item are loaded all the same
     */
    BasketRanges(SpilledBaskets baskets, CoocSettings settings, int itemCount, long loadedBytes) {
        this.baskets = baskets;
        this.settings = settings;
        this.itemCount = itemCount;
        this.loadedBytes = loadedBytes;
    }

    int itemCount() {
        return itemCount;
    }

    /**
     * Goes through all items, from the first one on.
     *
     * @throws IllegalArgumentException if the sessions of one item have more items than an array
     */
    void forEach(Taker taker) throws IOException {
        RangeCounts counts = new RangeCounts(itemCount);
        baskets.forEach(basket -> count(basket, 0, counts));
        int from = 0;
        while (from < itemCount) {
            int to = counts.end(from, settings, loadedBytes);
            taker.take(from, to, load(from, to, counts));
            from = to;
        }
    }

    /** Loads a range, and counts for those that begin behind it. */
    private Baskets load(int from, int to, RangeCounts counts) throws IOException {
        Loading loading = new Loading(counts.baskets(from, to), counts.positions(from, to));
        counts.clear();
        baskets.forEach(basket -> {
            int first = basket.from(from);
            if (first < basket.length && basket.items[first] < to && isWanted(basket)) {
                loading.add(basket);
            }
            count(basket, to, counts);
        });
        return loading.baskets();
    }

    private void count(SpilledBaskets.Basket basket, int from, RangeCounts counts) {
        int first = basket.from(from);
        if (first < basket.length && isWanted(basket)) {
            counts.add(basket.items[first], basket.length);
        }
    }

    /** A session with one item has no pair; yet it is a part of the item's vector. */
    private boolean isWanted(SpilledBaskets.Basket basket) {
        return basket.length > 1 || settings.similarity() == Similarity.BM25_COSINE;
    }

    /** What a position of a session takes: the item, where it is laid out for counting, and what pairs are weighed by. */
    static long positionBytes(CoocSettings settings) {
        long bm25 = settings.similarity() == Similarity.BM25_COSINE ? 2 + 8 : 0;
        return 4L
                + (CoocMatrix.isCounted(settings) ? 8 : 4)
                + bm25
                + (settings.weights().isByAgeAlone() ? 0 : 2);
    }

    /** What a session takes beside its items: its end, its time, and its place in the layout or what it counts. */
    static long basketBytes(CoocSettings settings) {
        return 4L + 8 + (CoocMatrix.isCounted(settings) ? 8 : 16);
    }

    /** Sessions as they are loaded, with what is asked of them. */
    private final class Loading {
        private final int[] ends; // [basket]
        private final long[] firstMillis; // [basket]
        private final int[] items; // [position]
        private final char[] events; // [position] or empty
        private final char[] steps; // [position] or empty
        private int basketCount;
        private int positionCount;

        Loading(int count, int positions) {
            this.ends = new int[count];
            this.firstMillis = new long[count];
            this.items = new int[positions];
            this.events = new char[settings.similarity() == Similarity.BM25_COSINE ? positions : 0];
            this.steps = new char[settings.weights().isByAgeAlone() ? 0 : positions];
        }

        void add(SpilledBaskets.Basket basket) {
            System.arraycopy(basket.items, 0, items, positionCount, basket.length);
            if (events.length > 0) {
                System.arraycopy(basket.events, 0, events, positionCount, basket.length);
            }
            if (steps.length > 0) {
                System.arraycopy(basket.steps, 0, steps, positionCount, basket.length);
            }
            positionCount += basket.length;
            ends[basketCount] = positionCount;
            firstMillis[basketCount] = basket.firstMillis;
            basketCount++;
        }

        Baskets baskets() {
            return Baskets.over(ends, items, events, steps, firstMillis);
        }
    }
}
