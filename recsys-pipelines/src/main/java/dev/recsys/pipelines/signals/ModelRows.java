package dev.recsys.pipelines.signals;

import java.util.Arrays;
import java.util.Optional;

/** The best positive scores of each row of a model; holds 8 bytes an item. */
final class ModelRows implements RowSource {
    private final ItemModel model;
    private final double[] scores; // [item]
    private final BestItems best;

    ModelRows(ItemModel model, IdOrder ids, int neighbours) {
        this.model = model;
        this.scores = new double[model.itemCount()];
        this.best = new BestItems(ids, neighbours);
    }

    @Override
    public Optional<NeighbourRow> row(int item) {
        Arrays.fill(scores, 0);
        model.addRow(item, 1, scores);
        for (int other = 0; other < scores.length; other++) {
            float score = (float) scores[other];
            if (score > 0 && other != item) {
                best.offer(other, score);
            }
        }
        return best.drain(item);
    }
}
