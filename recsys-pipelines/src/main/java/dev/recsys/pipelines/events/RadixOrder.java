package dev.recsys.pipelines.events;

import java.util.function.IntToLongFunction;

/** Sorts the numbers 0 to n-1 by keys, least significant key first: Knuth, TAOCP vol. 3, section 5.2.5. */
final class RadixOrder {
    private static final int BITS = 16;
    private static final int BUCKETS = 1 << BITS;

    private int[] order;
    private int[] spare;

    RadixOrder(int size) {
        this.order = new int[size];
        this.spare = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
    }

    /**
     * Sorts by a key; equal keys stay in the order they are in.
     *
     * @param key from 0 to {@code maxKey}
     */
    void by(IntToLongFunction key, long maxKey) {
        for (int shift = 0; shift < Long.SIZE && maxKey >>> shift != 0; shift += BITS) {
            pass(key, shift);
        }
    }

    /** Returns the numbers in their order. */
    int[] order() {
        return order;
    }

    private void pass(IntToLongFunction key, int shift) {
        int[] starts = new int[BUCKETS + 1];
        for (int number : order) {
            starts[bucket(key, number, shift) + 1]++;
        }
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            starts[bucket + 1] += starts[bucket];
        }
        for (int number : order) {
            spare[starts[bucket(key, number, shift)]++] = number;
        }
        int[] sorted = spare;
        spare = order;
        order = sorted;
    }

    private static int bucket(IntToLongFunction key, int number, int shift) {
        return (int) (key.applyAsLong(number) >>> shift) & (BUCKETS - 1);
    }
}
