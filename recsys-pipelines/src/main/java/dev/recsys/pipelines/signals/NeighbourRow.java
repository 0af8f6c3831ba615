package dev.recsys.pipelines.signals;

/** The neighbours of one item, best first. */
final class NeighbourRow {
    private final int item;
    private final int[] neighbours; // [entry] item
    private final float[] scores; // [entry]

    NeighbourRow(int item, int[] neighbours, float[] scores) {
        this.item = item;
        this.neighbours = neighbours;
        this.scores = scores;
    }

    int item() {
        return item;
    }

    int[] neighbours() {
        return neighbours;
    }

    float[] scores() {
        return scores;
    }
}
