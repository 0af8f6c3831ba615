package dev.recsys.internal.rank;

import java.util.Arrays;
import java.util.Collection;

/** The numbers of several items, looked up together: what each waits for in memory is waited for once. One request at a time. */
final class Lookup {
    private String[] ids = new String[64];
    private int[] numbers = new int[64]; // [position] or -1
    private int size;

    void find(ItemIndex index, Collection<String> wanted) {
        int before = size;
        size = wanted.size();
        if (size > numbers.length) {
            ids = new String[size];
            numbers = new int[size];
        }
        ids = wanted.toArray(ids);
        index.indexOf(ids, size, numbers);
        if (before > size) {
            Arrays.fill(ids, size, before, null);
        }
    }

    int size() {
        return size;
    }

    /** Returns the number of an item in the order of the collection, or -1. */
    int numberAt(int position) {
        return numbers[position];
    }

    /** Forgets the ids, which are a user's. */
    void clear() {
        Arrays.fill(ids, 0, size, null);
        size = 0;
    }
}
