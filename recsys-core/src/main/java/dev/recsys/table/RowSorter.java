package dev.recsys.table;

import dev.recsys.internal.IdPool;

/** Sorts the entries of one row, best score first and equal scores by id, without making an object an entry. */
final class RowSorter {
    private final int[] numbers; // [entry]
    private final float[] scores; // [entry]
    private final IdPool ids;

    private RowSorter(int[] numbers, float[] scores, IdPool ids) {
        this.numbers = numbers;
        this.scores = scores;
        this.ids = ids;
    }

    static void byScoreThenId(int[] numbers, float[] scores, int length, IdPool ids) {
        RowSorter sorter = new RowSorter(numbers, scores, ids);
        if (!sorter.isSorted(length)) {
            sorter.heapSort(length);
        }
    }

    private boolean isSorted(int length) {
        for (int i = 1; i < length; i++) {
            if (comesBefore(i, i - 1)) {
                return false;
            }
        }
        return true;
    }

    /** Heapsort: in place, no worst case to fear, and the order is total so that stability does not matter. */
    private void heapSort(int length) {
        for (int root = length / 2 - 1; root >= 0; root--) {
            siftDown(root, length);
        }
        for (int last = length - 1; last > 0; last--) {
            swap(0, last);
            siftDown(0, last);
        }
    }

    /** Keeps the entry that comes last at the root. */
    private void siftDown(int from, int length) {
        int root = from;
        while (2 * root + 1 < length) {
            int child = 2 * root + 1;
            if (child + 1 < length && comesBefore(child, child + 1)) {
                child++;
            }
            if (!comesBefore(root, child)) {
                return;
            }
            swap(root, child);
            root = child;
        }
    }

    private boolean comesBefore(int left, int right) {
        if (scores[left] != scores[right]) {
            return scores[left] > scores[right];
        }
        return ids.compare(numbers[left], numbers[right]) < 0;
    }

    private void swap(int left, int right) {
        int number = numbers[left];
        numbers[left] = numbers[right];
        numbers[right] = number;
        float score = scores[left];
        scores[left] = scores[right];
        scores[right] = score;
    }
}
