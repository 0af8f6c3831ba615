package dev.recsys.pipelines.signals;

import java.util.Arrays;
import java.util.Optional;

/**
 * Keeps the best items of one row: the highest scores, equal ones by item id. Collects several times as many as are kept,
 * then selects the best of these and takes nothing worse from then on: most rows are selected once, where a heap moves
 * entries at every better one. Score and id share one long, so that comparing them is one comparison. Used again for the
 * next row.
 */
final class BestItems {
    private static final int COLLECTED = 4; // times the limit, and never more than there are items
    private static final int FEW = 1024;

    private final IdOrder ids;
    private final int limit;
    private final int maxCollected;
    private long[] entries; // [entry] score's bits, then the id's rank from the end
    private int size;
    private float cut; // no item with a lower score is among the best

    BestItems(IdOrder ids, int limit) {
        this.ids = ids;
        this.limit = limit;
        this.maxCollected = (int) Math.min((long) COLLECTED * limit, Math.max(1, ids.size()));
        this.entries = new long[Math.min(maxCollected, FEW)];
    }

    /** Returns what it takes at most, in bytes. */
    static long bytes(int limit, int items) {
        return Long.BYTES * Math.max(1, Math.min((long) COLLECTED * limit, items));
    }

    /** Returns how many items are kept. */
    int size() {
        return Math.min(size, limit);
    }

    /** Offers an item with a score that is not negative. */
    void offer(int item, float score) {
        if (score < cut) {
            return;
        }
        if (size == entries.length) {
            makeRoom();
        }
        entries[size++] = (long) Float.floatToIntBits(score) << Integer.SIZE | (Integer.MAX_VALUE - ids.rank(item));
    }

    /** Moves the items out as an item's row; empty if there are none. */
    Optional<NeighbourRow> drain(int item) {
        keepBest();
        if (size == 0) {
            return Optional.empty();
        }
        NeighbourRow row = new NeighbourRow(item, new int[size], new float[size]);
        drainTo(row.neighbours(), row.scores());
        return Optional.of(row);
    }

    /** Moves the items out, best first; returns how many. */
    int drainTo(int[] items, float[] scores) {
        keepBest();
        Arrays.sort(entries, 0, size);
        for (int i = 0; i < size; i++) {
            long entry = entries[size - 1 - i];
            items[i] = ids.item(Integer.MAX_VALUE - (int) entry);
            scores[i] = Float.intBitsToFloat((int) (entry >>> Integer.SIZE));
        }
        int drained = size;
        size = 0;
        cut = 0;
        return drained;
    }

    private void makeRoom() {
        if (size < maxCollected) {
            entries = Arrays.copyOf(entries, (int) Math.min(size < limit ? limit : maxCollected, size * 2L));
        } else {
            keepBest();
            cut = Float.intBitsToFloat((int) (entries[0] >>> Integer.SIZE));
        }
    }

    /** Drops all but the best and puts the worst of them first. */
    private void keepBest() {
        if (size > limit) {
            LongSelection.select(entries, size, size - limit);
            System.arraycopy(entries, size - limit, entries, 0, limit);
            size = limit;
        }
    }
}
