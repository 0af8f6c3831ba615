package dev.recsys.pipelines.signals;

import java.util.function.IntUnaryOperator;

/** The numbers 0 to n-1 put together by a key, those of one key in their order: sorted by counting. */
final class Grouping {
    private final int[] ends; // [key] exclusive end in numbers; a key starts where the one before ends
    private final int[] numbers; // [position]

    /**
     * Groups.
     *
     * @param count how many numbers there are
     * @param keys how many keys there are
     * @param keyOf the key of a number; a negative one leaves the number out
     */
    Grouping(int count, int keys, IntUnaryOperator keyOf) {
        this.ends = new int[keys];
        for (int number = 0; number < count; number++) {
            int key = keyOf.applyAsInt(number);
            if (key >= 0) {
                ends[key]++;
            }
        }
        this.numbers = new int[startsOf(ends)];
        for (int number = 0; number < count; number++) {
            int key = keyOf.applyAsInt(number);
            if (key >= 0) {
                numbers[ends[key]++] = number;
            }
        }
    }

    /** Replaces the size of each group by where the group starts, and returns the sum of the sizes. */
    static int startsOf(int[] sizes) {
        int start = 0;
        for (int key = 0; key < sizes.length; key++) {
            int size = sizes[key];
            sizes[key] = start;
            start += size;
        }
        return start;
    }

    int keys() {
        return ends.length;
    }

    int start(int key) {
        return key == 0 ? 0 : ends[key - 1];
    }

    int end(int key) {
        return ends[key];
    }

    /** Returns the number at a position. */
    int at(int position) {
        return numbers[position];
    }

    /** Returns how many numbers are in a group. */
    int size() {
        return numbers.length;
    }
}
