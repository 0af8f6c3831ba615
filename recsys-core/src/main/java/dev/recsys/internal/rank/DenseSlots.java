package dev.recsys.internal.rank;

/** Slots by the numbers of items: four bytes an item of the catalogue, and one access for each item. */
final class DenseSlots implements Slots {
    private final int[] slotOf; // [item] or 0

    DenseSlots(int items) {
        this.slotOf = new int[items];
    }

    /** Returns how many items there is room for. */
    int capacity() {
        return slotOf.length;
    }

    @Override
    public int find(int item) {
        return slotOf[item];
    }

    /** Whether an item came before cannot be foretold; so there is no branch, and what is there already is written again. */
    @Override
    public int place(int[] wanted, int length, int[] slots, int[] members, int next) {
        int free = next;
        for (int i = 0; i < length; i++) {
            int item = wanted[i];
            int known = slotOf[item];
            int isNew = (known - 1) >>> 31;
            int slot = known + (free & -isNew);
            slotOf[item] = slot;
            members[slot] = item;
            slots[i] = slot;
            free += isNew;
        }
        return free;
    }

    @Override
    public void clear(int[] members, int next) {
        for (int slot = 1; slot < next; slot++) {
            slotOf[members[slot]] = 0;
        }
    }
}
