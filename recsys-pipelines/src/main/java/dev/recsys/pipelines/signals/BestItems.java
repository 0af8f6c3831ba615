package dev.recsys.pipelines.signals;

import java.util.Arrays;
import java.util.Optional;

/**
 * Keeps the best items of one row: the highest scores, equal ones by item id. A heap whose root is the worst item kept;
 * score and id share one long, so that comparing them is one comparison. Used again for the next row.
 */
final class BestItems {
    private final IdOrder ids;
    private final int limit;
    private long[] heap; // [entry] score's bits, then the id's rank from the end
    private int size;

    BestItems(IdOrder ids, int limit) {
        this.ids = ids;
        this.limit = limit;
        this.heap = new long[Math.min(limit, 1024)];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** Offers an item with a score that is not negative. */
    void offer(int item, float score) {
        long entry = (long) Float.floatToIntBits(score) << Integer.SIZE | (Integer.MAX_VALUE - ids.rank(item));
        if (size < limit) {
            push(entry);
        } else if (entry > heap[0]) {
            heap[0] = entry;
            siftDown();
        }
    }

    /** Moves the items out as an item's row; empty if there are none. */
    Optional<NeighbourRow> drain(int item) {
        if (size == 0) {
            return Optional.empty();
        }
        NeighbourRow row = new NeighbourRow(item, new int[size], new float[size]);
        drainTo(row.neighbours(), row.scores());
        return Optional.of(row);
    }

    /** Moves the items out, best first; returns how many. */
    int drainTo(int[] items, float[] scores) {
        Arrays.sort(heap, 0, size);
        for (int i = 0; i < size; i++) {
            long entry = heap[size - 1 - i];
            items[i] = ids.item(Integer.MAX_VALUE - (int) entry);
            scores[i] = Float.intBitsToFloat((int) (entry >>> Integer.SIZE));
        }
        int drained = size;
        size = 0;
        return drained;
    }

    private void push(long entry) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, (int) Math.min(limit, heap.length * 2L));
        }
        int child = size++;
        while (child > 0 && heap[(child - 1) >>> 1] > entry) {
            heap[child] = heap[(child - 1) >>> 1];
            child = (child - 1) >>> 1;
        }
        heap[child] = entry;
    }

    private void siftDown() {
        long entry = heap[0];
        int root = 0;
        while (2 * root + 1 < size) {
            int child = 2 * root + 1;
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= entry) {
                break;
            }
            heap[root] = heap[child];
            root = child;
        }
        heap[root] = entry;
    }
}
