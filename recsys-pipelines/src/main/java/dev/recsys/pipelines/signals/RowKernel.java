package dev.recsys.pipelines.signals;

import java.util.Optional;

/**
 * Computes rows of the item-item matrix one by one: counts the neighbours of the row's item, then scores them. Holds scratch
 * memory; one thread at a time.
 */
final class RowKernel implements RowSource {
    private final PairCounts counts;
    private final PairScorer scorer;
    private final boolean normalised;
    private final BestItems best;

    RowKernel(CoocMatrix matrix) {
        this.counts = matrix.counts();
        this.scorer = matrix.scorer();
        this.normalised = matrix.settings().similarity() == Similarity.RP3BETA;
        this.best = new BestItems(matrix.ids(), matrix.settings().neighbours());
    }

    @Override
    public Optional<NeighbourRow> row(int item) {
        counts.forEach(item, (neighbour, common, share) -> {
            float score = neighbour == item ? 0 : (float) scorer.score(item, neighbour, common, share);
            if (score > 0) {
                best.offer(neighbour, score);
            }
        });
        Optional<NeighbourRow> row = best.drain(item);
        if (normalised) {
            row.ifPresent(NeighbourRow::divideBySum);
        }
        return row;
    }
}
