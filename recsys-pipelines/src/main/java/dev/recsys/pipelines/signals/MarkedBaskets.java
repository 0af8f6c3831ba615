package dev.recsys.pipelines.signals;

/**
 * Baskets laid out for adding up the sessions of one item after the other, where a read of memory that is not in the cache
 * costs more than all else: an item's entry says where the basket's items start, and the last of them says that it is the
 * last, so that a basket is one look-up and one run of numbers. Baskets with the same most frequent item lie together.
 * Those of one item have no pair and are left out. About 8 bytes an item of a basket.
 */
final class MarkedBaskets {
    /** The bit of a basket's last item; numbers of items do not have it. */
    static final int LAST = Integer.MIN_VALUE;

    final int[] items; // [position] ascending within a basket, the last one with LAST
    final int[] starts; // [entry] position of a basket's first item
    private final int[] ends; // [item] exclusive end in entries; an item starts where the one before ends

    private MarkedBaskets(int[] items, int[] starts, int[] ends) {
        this.items = items;
        this.starts = starts;
        this.ends = ends;
    }

    static MarkedBaskets of(Baskets baskets, int itemCount) {
        int[] ends = sizes(baskets, itemCount);
        int positions = Grouping.startsOf(ends);
        MarkedBaskets marked = new MarkedBaskets(new int[positions], new int[positions], ends);
        Grouping byFirstItem = new Grouping(baskets.count(), itemCount, basket -> firstItem(baskets, basket));
        int filled = 0;
        for (int i = 0; i < byFirstItem.size(); i++) {
            filled = marked.put(baskets, byFirstItem.at(i), filled);
        }
        return marked;
    }

    private static int[] sizes(Baskets baskets, int itemCount) {
        int[] sizes = new int[itemCount];
        for (int basket = 0; basket < baskets.count(); basket++) {
            int end = firstItem(baskets, basket) < 0 ? 0 : baskets.end(basket);
            for (int position = baskets.start(basket); position < end; position++) {
                sizes[baskets.item(position)]++;
            }
        }
        return sizes;
    }

    /** Puts a basket down at a position and returns the next free one. Afterwards each item's end is its own. */
    private int put(Baskets baskets, int basket, int start) {
        int filled = start;
        int end = baskets.end(basket);
        for (int position = baskets.start(basket); position < end; position++) {
            int item = baskets.item(position);
            items[filled++] = item;
            starts[ends[item]++] = start;
        }
        items[filled - 1] |= LAST;
        return filled;
    }

    /** Returns the first item, which is the most frequent one; none for a basket without a pair. */
    private static int firstItem(Baskets baskets, int basket) {
        int start = baskets.start(basket);
        return baskets.end(basket) - start < 2 ? -1 : baskets.item(start);
    }

    int itemCount() {
        return ends.length;
    }

    /** Returns an item's first entry. */
    int start(int item) {
        return item == 0 ? 0 : ends[item - 1];
    }

    /** Returns the entry after an item's last one. */
    int end(int item) {
        return ends[item];
    }
}
