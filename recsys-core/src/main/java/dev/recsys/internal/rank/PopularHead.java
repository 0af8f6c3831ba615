package dev.recsys.internal.rank;

import dev.recsys.table.Table;

/**
 * Where the items of the head of one list of popularity stand, by their numbers: an open hash table, at most half full, so that
 * the thousand items of the usual head are 16 KiB, which stay in the first cache. Immutable.
 */
final class PopularHead {
    private static final int GOLDEN =
            0x9e3779b9; // 2^32 over the golden ratio: Knuth, The Art of Computer Programming, 6.4

    private final int[] slots; // [2 slot] item + 1, or 0; [2 slot + 1] its position
    private final int shift;

    private PopularHead(int length) {
        int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, length));
        this.slots = new int[2 << bits];
        this.shift = 32 - bits;
    }

    /** Looks at the first entries of a row, up to a position. */
    static PopularHead of(Table popularity, int row, int end) {
        int start = popularity.rowStart(row);
        PopularHead head = new PopularHead(end - start);
        for (int position = start; position < end; position++) {
            head.put(popularity.item(position), position);
        }
        return head;
    }

    /** Returns the position of an item, or -1 if it is not in the head. */
    int positionOf(int item) {
        int slot = slotOf(item);
        return slots[slot] == 0 ? -1 : slots[slot + 1];
    }

    private void put(int item, int position) {
        int slot = slotOf(item);
        slots[slot] = item + 1;
        slots[slot + 1] = position;
    }

    private int slotOf(int item) {
        int mask = slots.length - 1;
        int slot = ((item * GOLDEN) >>> shift) << 1;
        while (slots[slot] != 0 && slots[slot] != item + 1) {
            slot = (slot + 2) & mask;
        }
        return slot;
    }
}
