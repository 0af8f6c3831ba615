package dev.recsys.pipelines.signals;

/** The sessions of each item: baskets turned over. */
final class ItemBaskets {
    private final int[] ends; // [item] exclusive end in baskets
    private final int[] baskets; // [position] ascending within an item

    private ItemBaskets(int[] ends, int[] baskets) {
        this.ends = ends;
        this.baskets = baskets;
    }

    static ItemBaskets of(Baskets baskets, int itemCount) {
        int[] ends = new int[itemCount];
        for (int position = 0; position < baskets.positions(); position++) {
            ends[baskets.item(position)]++;
        }
        int[] sorted = new int[Grouping.startsOf(ends)];
        for (int basket = 0; basket < baskets.count(); basket++) {
            for (int position = baskets.start(basket); position < baskets.end(basket); position++) {
                sorted[ends[baskets.item(position)]++] = basket;
            }
        }
        return new ItemBaskets(ends, sorted);
    }

    int itemCount() {
        return ends.length;
    }

    int start(int item) {
        return item == 0 ? 0 : ends[item - 1];
    }

    int end(int item) {
        return ends[item];
    }

    int basket(int position) {
        return baskets[position];
    }

    /** Returns in how many sessions an item is. */
    int sessions(int item) {
        return end(item) - start(item);
    }
}
