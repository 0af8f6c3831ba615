package dev.recsys.internal.rank;

import java.util.Arrays;

/** How many chosen items have a brand, category or tag. Four bytes a feature of the catalogue, and only where there are caps. */
final class FeatureCounts {
    private int[] counts = new int[0]; // [feature]
    private int[] counted = new int[64]; // [position] a feature that was counted
    private int countedCount;

    int of(int feature) {
        return feature < counts.length ? counts[feature] : 0;
    }

    void add(int feature, int change, int features) {
        if (feature >= counts.length) {
            counts = Arrays.copyOf(counts, features);
        }
        if (countedCount == counted.length) {
            counted = Arrays.copyOf(counted, countedCount * 2);
        }
        counted[countedCount++] = feature;
        counts[feature] += change;
    }

    void clear() {
        for (int i = 0; i < countedCount; i++) {
            counts[counted[i]] = 0;
        }
        countedCount = 0;
    }
}
