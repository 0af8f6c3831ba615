package dev.recsys.pipelines.events;

import dev.recsys.internal.IdPool;
import java.util.Arrays;

/** New numbers for the ids that occur: the most frequent first, equal ones by id, code point by code point. */
final class Renumbering {
    private final IdPool ids;
    private final int[] renumbered; // [old number] new number, or -1 if it does not occur

    private Renumbering(IdPool ids, int[] renumbered) {
        this.ids = ids;
        this.renumbered = renumbered;
    }

    static Renumbering byCount(IdPool old, int[] counts) {
        int[] byId = old.sorted();
        long[] keys = new long[byId.length]; // how many it is short of the highest count, and its rank
        for (int rank = 0; rank < keys.length; rank++) {
            keys[rank] = (long) (Integer.MAX_VALUE - counts[byId[rank]]) << Integer.SIZE | rank;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = byId[(int) keys[i]];
        }
        return inOrder(old, counts, order);
    }

    static Renumbering byId(IdPool old, int[] counts) {
        return inOrder(old, counts, old.sorted());
    }

    private static Renumbering inOrder(IdPool old, int[] counts, int[] order) {
        IdPool ids = new IdPool(order.length);
        int[] renumbered = new int[old.size()];
        Arrays.fill(renumbered, Columns.NONE);
        for (int number : order) {
            if (counts[number] > 0) {
                renumbered[number] = ids.add(old.pool(), old.start(number), old.end(number));
            }
        }
        return new Renumbering(ids, renumbered);
    }

    IdPool ids() {
        return ids;
    }

    int of(int old) {
        return old < 0 ? Columns.NONE : renumbered[old];
    }

    void apply(int[] column, int size) {
        for (int i = 0; i < size; i++) {
            column[i] = of(column[i]);
        }
    }

    void apply(short[] column, int size) {
        for (int i = 0; i < size; i++) {
            column[i] = (short) of(column[i]);
        }
    }

    static int[] counts(short[] column, int size, int ids) {
        int[] counts = new int[ids];
        for (int i = 0; i < size; i++) {
            if (column[i] >= 0) {
                counts[column[i]]++;
            }
        }
        return counts;
    }

    static int[] counts(int[] column, int size, int ids) {
        int[] counts = new int[ids];
        for (int i = 0; i < size; i++) {
            if (column[i] >= 0) {
                counts[column[i]]++;
            }
        }
        return counts;
    }

    static int distinct(int[] column, int size, int ids) {
        int distinct = 0;
        for (int count : counts(column, size, ids)) {
            distinct += count > 0 ? 1 : 0;
        }
        return distinct;
    }
}
