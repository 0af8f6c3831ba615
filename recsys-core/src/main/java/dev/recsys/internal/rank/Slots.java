package dev.recsys.internal.rank;

/**
 * Which slot the items of one request have, those that something brought up or left out: numbers from 1 on, in the order of
 * coming. So what is kept of an item is kept in short columns that stay in the first cache, however large the catalogue is.
 * Briggs and Torczon: An Efficient Representation for Sparse Sets, ACM LOPLAS 2(1-4), 1993. One request at a time.
 */
interface Slots {
    /** Returns the slot of an item, or 0. */
    int find(int item);

    /**
     * Finds the slots of items, each of which gets the next one if it has none. An item may come more than once.
     *
     * @param wanted the items
     * @param length how many of {@code wanted}
     * @param slots receives the slot of each
     * @param members [slot] the item; receives those that are new, and has room for one more than can be
     * @param next the slot that the first new item gets
     * @return the slot that the next new item will get
     */
    int place(int[] wanted, int length, int[] slots, int[] members, int next);

    /** Takes all slots back: those of {@code members} from 1 to below {@code next}. */
    void clear(int[] members, int next);
}
