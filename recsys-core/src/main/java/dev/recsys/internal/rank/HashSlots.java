package dev.recsys.internal.rank;

import java.util.Arrays;

/**
 * Slots in an open hash table of the request's own items, at most half full: no memory for the catalogue, and some 16 KiB for a usual
 * request, which stay in the first cache.
 */
final class HashSlots implements Slots {
    private static final int GOLDEN =
            0x9e3779b9; // 2^32 over the golden ratio: Knuth, The Art of Computer Programming, 6.4
    private static final int LEAST_BITS = 11;
    private static final int KEPT = 2 << (LEAST_BITS + 3);

    private int[] table = new int[2 << LEAST_BITS]; // [2 home] item, [2 home + 1] its slot, or 0
    private int shift = Integer.SIZE - LEAST_BITS;

    @Override
    public int find(int item) {
        return table[homeOf(item) + 1];
    }

    @Override
    public int place(int[] wanted, int length, int[] slots, int[] members, int next) {
        makeRoom(next - 1 + length, members, next);
        int free = next;
        for (int i = 0; i < length; i++) {
            int home = homeOf(wanted[i]);
            int slot = table[home + 1];
            if (slot == 0) {
                slot = free++;
                table[home] = wanted[i];
                table[home + 1] = slot;
                members[slot] = wanted[i];
            }
            slots[i] = slot;
        }
        return free;
    }

    @Override
    public void clear(int[] members, int next) {
        if (table.length > KEPT) { // one large request must not make all later ones clear so much
            table = new int[2 << LEAST_BITS];
            shift = Integer.SIZE - LEAST_BITS;
        } else if (next > 1) {
            Arrays.fill(table, 0);
        }
    }

    private int homeOf(int item) {
        int mask = table.length - 1;
        int home = ((item * GOLDEN) >>> shift) << 1;
        while (table[home + 1] != 0 && table[home] != item) {
            home = (home + 2) & mask;
        }
        return home;
    }

    private void makeRoom(int items, int[] members, int next) {
        if (4L * items <= table.length) {
            return;
        }
        int bits = Integer.SIZE + 1 - Integer.numberOfLeadingZeros(items);
        table = new int[2 << bits];
        shift = Integer.SIZE - bits;
        for (int slot = 1; slot < next; slot++) {
            int home = homeOf(members[slot]);
            table[home] = members[slot];
            table[home + 1] = slot;
        }
    }
}
