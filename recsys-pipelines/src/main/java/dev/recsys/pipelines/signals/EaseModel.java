package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;

/**
 * EASE: {@code B[i][j] = -P[i][j] / P[j][j]} with a diagonal of 0, where {@code P = (X^T X + lambda I)^-1} and X has a
 * row a user, 1 where the user has the item. Steck: Embarrassingly Shallow Autoencoders for Sparse Data, WWW 2019,
 * equation 8. Scores are dense and may be negative. Holds 4 bytes a pair of items.
 */
final class EaseModel implements ItemModel {
    private final SymmetricMatrix inverse;
    private final double[] diagonal; // [item] of the inverse

    private EaseModel(SymmetricMatrix inverse) {
        this.inverse = inverse;
        this.diagonal = new double[inverse.order()];
        for (int item = 0; item < diagonal.length; item++) {
            diagonal[item] = inverse.get(item, item);
        }
    }

    /** Returns how many bytes training takes at most, the result included. */
    static long bytes(int itemCount, int threads) {
        return SymmetricMatrix.bytes(itemCount)
                + SymmetricInverse.scratchBytes(itemCount)
                + (threads + 1L) * itemCount * Double.BYTES;
    }

    static EaseModel train(
            EaseSettings settings, Baskets histories, int itemCount, int threads, ProgressListener listener)
            throws IOException {
        requireItems(settings, itemCount);
        SymmetricMatrix matrix = new SymmetricMatrix(itemCount);
        long steps = (long) matrix.tileRows() * SymmetricInverse.STEPS_PER_ROW;
        Progress progress = new Progress(listener, Phase.TRAIN, steps);
        ItemBaskets itemHistories = ItemBaskets.of(histories, itemCount);
        try (OrderedWork work = new OrderedWork(threads)) {
            work.run(
                    matrix.tileRows(),
                    piece -> {
                        int tileRow = matrix.tileRows() - 1 - piece;
                        addGram(matrix, tileRow, histories, itemHistories, settings.lambda());
                        return piece;
                    },
                    piece -> {});
            new SymmetricInverse(matrix, work, progress).run();
        }
        progress.done();
        return new EaseModel(matrix);
    }

    static void requireItems(EaseSettings settings, int itemCount) {
        if (itemCount > settings.maxItems()) {
            throw new IllegalArgumentException("EASE is asked for " + itemCount + " items and takes at most "
                    + settings.maxItems() + ", for its memory grows with their square. Choose the model rp3beta,"
                    + " or raise max-items: " + itemCount + " items take "
                    + bytes(itemCount, 1) / 1_000_000 + " MB");
        }
    }

    /** Sums are of whole numbers, and so the same in any order. */
    private static void addGram(
            SymmetricMatrix matrix, int tileRow, Baskets histories, ItemBaskets itemHistories, double lambda) {
        int end = Math.min(matrix.order(), (tileRow + 1) * matrix.side());
        for (int item = tileRow * matrix.side(); item < end; item++) {
            for (int i = itemHistories.start(item); i < itemHistories.end(item); i++) {
                int history = itemHistories.basket(i);
                int position = histories.start(history);
                while (histories.item(position) < item) {
                    matrix.add(item, histories.item(position++), 1);
                }
            }
            matrix.add(item, item, itemHistories.sessions(item) + lambda);
            mirrorWithinTile(matrix, item, tileRow * matrix.side());
        }
    }

    private static void mirrorWithinTile(SymmetricMatrix matrix, int item, int tileStart) {
        for (int column = tileStart; column < item; column++) {
            matrix.add(column, item, matrix.get(item, column));
        }
    }

    @Override
    public int itemCount() {
        return diagonal.length;
    }

    @Override
    public void addRow(int item, double weight, double[] scores) {
        double[] row = new double[diagonal.length];
        inverse.copyRow(item, row);
        for (int other = 0; other < row.length; other++) {
            if (other != item) {
                scores[other] -= weight * (row[other] / diagonal[other]);
            }
        }
    }
}
