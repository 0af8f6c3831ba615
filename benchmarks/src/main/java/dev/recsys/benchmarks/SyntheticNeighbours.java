package dev.recsys.benchmarks;

import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Neighbours as in a {@link SyntheticShop}, four of five from an item's own cluster of 200, written without an object an entry:
 * a hundred million in a minute. Scores are floats of all their bits.
 */
final class SyntheticNeighbours {
    private static final int CLUSTER = 200;
    private static final int QUANTILES = 1 << 16;

    private final int items;
    private final int neighbours;
    private final SplittableRandom random = new SplittableRandom(42);
    private final int[] clusterRanks; // [quantile]
    private final int[] itemRanks; // [quantile]
    private final int[] takenBy; // [item] the last row that has it, plus 1

    SyntheticNeighbours(int items, int neighbours) {
        this.items = items;
        this.neighbours = neighbours;
        this.clusterRanks = zipf((items + CLUSTER - 1) / CLUSTER);
        this.itemRanks = zipf(CLUSTER);
        this.takenBy = new int[items];
    }

    /** Writes a row for each item and finishes the table; items are numbered by cluster, the most popular of each first. */
    void writeTo(TableWriter table) throws IOException {
        for (int item = 0; item < items; item++) {
            table.item(SyntheticShop.id(item));
        }
        int[] numbers = new int[neighbours];
        float[] scores = new float[neighbours];
        for (int item = 0; item < items; item++) {
            takenBy[item] = item + 1;
            float score = (float) (0.05 + 0.9 * random.nextDouble());
            for (int i = 0; i < neighbours; i++) {
                numbers[i] = next(item);
                scores[i] = score;
                score *= (float) (1 - 0.03 * random.nextDouble());
            }
            table.row(SyntheticShop.id(item), numbers, scores, neighbours);
        }
        table.finish();
    }

    /** Writes everybody's list, which has all items, and finishes the table. */
    void writePopularityTo(TableWriter table) throws IOException {
        int[] numbers = new int[items];
        float[] scores = new float[items];
        for (int item = 0; item < items; item++) {
            numbers[item] = table.item(SyntheticShop.id(item));
            scores[item] = (float) items / (1 + item / CLUSTER) / (1 + item % CLUSTER);
        }
        table.row("", numbers, scores, items);
        table.finish();
    }

    /** Returns an item that this row does not have yet. */
    private int next(int row) {
        while (true) {
            int bits = random.nextInt();
            int cluster = random.nextInt(5) == 0 ? clusterRanks[bits >>> 16] : row / CLUSTER;
            int item = Math.min(items - 1, cluster * CLUSTER + itemRanks[bits & (QUANTILES - 1)]);
            if (takenBy[item] != row + 1) {
                takenBy[item] = row + 1;
                return item;
            }
        }
    }

    /** Ranks by equal shares of chance, rank r in proportion to about 1 / (r + 1). */
    private static int[] zipf(int ranks) {
        int[] quantiles = new int[QUANTILES];
        for (int i = 0; i < QUANTILES; i++) {
            quantiles[i] = Math.min(ranks - 1, (int) StrictMath.pow(ranks + 1, (i + 0.5) / QUANTILES) - 1);
        }
        return quantiles;
    }
}
