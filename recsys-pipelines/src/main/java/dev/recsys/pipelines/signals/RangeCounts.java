package dev.recsys.pipelines.signals;

import java.util.Arrays;

/**
 * How many sessions there are by the smallest of their items from some item on, and how many positions they have: what a
 * range of any length takes that begins at this item.
 */
final class RangeCounts {
    private static final int MOST_POSITIONS = Integer.MAX_VALUE - 16; // of one array

    private final int[] baskets; // [item]
    private final long[] positions; // [item]

    RangeCounts(int itemCount) {
        this(new int[itemCount], new long[itemCount]);
    }

    /** Takes over the counts. */
    RangeCounts(int[] baskets, long[] positions) {
        this.baskets = baskets;
        this.positions = positions;
    }

    /** Counts a session. */
    void add(int smallestItem, int length) {
        baskets[smallestItem]++;
        positions[smallestItem] += length;
    }

    /**
     * Returns where the longest range from an item on ends that memory holds; it has this item at least.
     *
     * @param loadedBytes what the sessions of more than one item may take
     * @throws IllegalArgumentException if the sessions of this item alone have more positions than an array
     */
    int end(int from, CoocSettings settings, long loadedBytes) {
        requireLoadable(from);
        long bytes = 0;
        long all = 0;
        int to = from;
        while (to < baskets.length) {
            bytes += BasketRanges.basketBytes(settings) * baskets[to]
                    + BasketRanges.positionBytes(settings) * positions[to];
            all += positions[to];
            if (to > from && (bytes > loadedBytes || all > MOST_POSITIONS)) {
                return to;
            }
            to++;
        }
        return to;
    }

    int baskets(int from, int to) {
        return Math.toIntExact(Arrays.stream(baskets, from, to).asLongStream().sum());
    }

    int positions(int from, int to) {
        return Math.toIntExact(Arrays.stream(positions, from, to).sum());
    }

    void clear() {
        Arrays.fill(baskets, 0);
        Arrays.fill(positions, 0);
    }

    private void requireLoadable(int item) {
        if (positions[item] > MOST_POSITIONS) {
            throw new IllegalArgumentException(
                    "One item is in sessions or histories that have " + positions[item]
                            + " items together; expected at most " + MOST_POSITIONS
                            + ", for they are loaded at a time. Take a"
                            + " shorter window, or let fewer items of a user count (implicit.history) or fewer events of a session.");
        }
    }
}
