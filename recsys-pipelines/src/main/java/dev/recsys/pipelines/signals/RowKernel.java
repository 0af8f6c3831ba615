package dev.recsys.pipelines.signals;

import java.util.Optional;

/**
 * Computes rows of the item-item matrix one by one: adds up the sessions of the row's item in a dense array, then
 * scores what was touched. Gustavson: Two Fast Algorithms for Sparse Matrices, ACM TOMS 4(3), 1978. Holds 8 bytes an
 * item, or 16 with shares; one thread at a time.
 */
final class RowKernel implements RowSource {
    private final Baskets baskets;
    private final ItemBaskets itemBaskets;
    private final PairScorer scorer;
    private final Optional<PairShares> shares;
    private final boolean normalised;

    private final int[] common; // [item]
    private final long[] commonShares; // [item], or empty
    private final int[] touched; // [entry] item
    private final BestItems best;

    RowKernel(CoocMatrix matrix) {
        this.baskets = matrix.baskets();
        this.itemBaskets = matrix.itemBaskets();
        this.scorer = matrix.scorer();
        this.shares = matrix.shares();
        this.normalised = matrix.settings().similarity() == Similarity.RP3BETA;
        int items = itemBaskets.itemCount();
        this.common = new int[items];
        this.commonShares = new long[shares.isPresent() ? items : 0];
        this.touched = new int[items];
        this.best = new BestItems(matrix.ids(), matrix.settings().neighbours());
    }

    @Override
    public Optional<NeighbourRow> row(int item) {
        int touchedCount = shares.isPresent() ? addShares(item, shares.get()) : addCommon(item);
        for (int i = 0; i < touchedCount; i++) {
            int neighbour = touched[i];
            long share = shares.isPresent() ? commonShares[neighbour] : 0;
            float score = neighbour == item ? 0 : (float) scorer.score(item, neighbour, common[neighbour], share);
            if (score > 0) {
                best.offer(neighbour, score);
            }
            common[neighbour] = 0;
        }
        Optional<NeighbourRow> row = best.drain(item);
        if (normalised) {
            row.ifPresent(kept -> divideBySum(kept.scores()));
        }
        return row;
    }

    private int addCommon(int item) {
        int touchedCount = 0;
        for (int i = itemBaskets.start(item); i < itemBaskets.end(item); i++) {
            int basket = itemBaskets.basket(i);
            int end = baskets.end(basket);
            for (int position = baskets.start(basket); position < end; position++) {
                int neighbour = baskets.item(position);
                if (common[neighbour]++ == 0) {
                    touched[touchedCount++] = neighbour;
                }
            }
        }
        return touchedCount;
    }

    private int addShares(int item, PairShares pairShares) {
        int touchedCount = 0;
        for (int i = itemBaskets.start(item); i < itemBaskets.end(item); i++) {
            int basket = itemBaskets.basket(i);
            int own = baskets.positionOf(item, basket);
            int end = baskets.end(basket);
            for (int position = baskets.start(basket); position < end; position++) {
                long share = position == own ? 0 : pairShares.share(basket, own, position);
                if (share == 0) {
                    continue;
                }
                int neighbour = baskets.item(position);
                if (common[neighbour]++ == 0) {
                    touched[touchedCount++] = neighbour;
                    commonShares[neighbour] = 0;
                }
                commonShares[neighbour] += share;
            }
        }
        return touchedCount;
    }

    private static void divideBySum(float[] scores) {
        double sum = 0;
        for (float score : scores) {
            sum += score;
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (scores[i] / sum);
        }
    }
}
