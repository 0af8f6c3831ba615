package dev.recsys.pipelines.signals;

import dev.recsys.table.TableWriter;
import java.io.IOException;

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

    /** Writes the row under a key; the row is of no use after that. */
    void writeTo(TableWriter table, String key) throws IOException {
        table.row(key, neighbours, scores, neighbours.length);
    }

    /** Divides the scores by their sum. */
    void divideBySum() {
        double sum = 0;
        for (float score : scores) {
            sum += score;
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (scores[i] / sum);
        }
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
