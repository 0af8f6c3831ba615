package dev.recsys.pipelines.signals;

import java.util.Arrays;

/** A model of which only the best neighbours of each item are kept: 8 bytes a neighbour. */
final class SparseModel implements ItemModel {
    private final int[] ends; // [item] exclusive end in neighbours
    private int[] neighbours; // [entry] item
    private float[] scores; // [entry]
    private int filledItems;
    private int entries;

    SparseModel(int itemCount) {
        this.ends = new int[itemCount];
        this.neighbours = new int[1024];
        this.scores = new float[1024];
    }

    /** Adds the next row; rows come in the order of their items. */
    void add(NeighbourRow row) {
        fillTo(row.item());
        int length = row.neighbours().length;
        if (entries > Integer.MAX_VALUE - 16 - length) {
            throw new IllegalArgumentException("there are more than 2^31 neighbours; keep fewer an item");
        }
        if (entries + length > neighbours.length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 16, Math.max(entries + (long) length, entries * 3L / 2));
            neighbours = Arrays.copyOf(neighbours, capacity);
            scores = Arrays.copyOf(scores, capacity);
        }
        System.arraycopy(row.neighbours(), 0, neighbours, entries, length);
        System.arraycopy(row.scores(), 0, scores, entries, length);
        entries += length;
    }

    /** Says that there is no further row. */
    void finish() {
        fillTo(ends.length);
    }

    @Override
    public int itemCount() {
        return ends.length;
    }

    @Override
    public void addRow(int item, double weight, double[] sums) {
        for (int entry = item == 0 ? 0 : ends[item - 1]; entry < ends[item]; entry++) {
            sums[neighbours[entry]] += weight * scores[entry];
        }
    }

    private void fillTo(int item) {
        while (filledItems < item) {
            ends[filledItems++] = entries;
        }
    }
}
