package dev.recsys.pipelines.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymmetricInverseTest {
    @ParameterizedTest(name = "order {0}, tiles of {1}")
    @CsvSource({"1,4", "3,4", "4,4", "5,4", "37,4", "64,8", "90,7", "130,128", "300,128"})
    void tilesGiveTheInverseThatEliminationGives(int order, int side) throws IOException {
        double[][] matrix = positiveDefinite(order, 3);

        assertSame(inverse(matrix, side, 2), PlainInverse.gaussJordan(matrix), 1e-10);
    }

    @Test
    void aLargeMatrixInTilesIsInvertedAsOneWithoutTiles() throws IOException {
        double[][] matrix = positiveDefinite(2_000, 4);

        assertSame(inverse(matrix, SymmetricMatrix.SIDE, 2), PlainInverse.swept(matrix), 1e-9);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() throws IOException {
        double[][] matrix = positiveDefinite(333, 5);

        SymmetricMatrix one = inverse(matrix, 16, 1);
        SymmetricMatrix five = inverse(matrix, 16, 5);

        for (int i = 0; i < matrix.length; i++) {
            double[] row = new double[matrix.length];
            one.copyRow(i, row);
            for (int j = 0; j < matrix.length; j++) {
                assertThat(five.get(i, j)).isEqualTo(row[j]);
            }
        }
    }

    @Test
    void whatIsNotPositiveDefiniteIsRefused() {
        double[][] matrix = {{1, 2}, {2, 1}};

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> inverse(matrix, 4, 1))
                .withMessageContaining("positive definite");
    }

    private static SymmetricMatrix inverse(double[][] matrix, int side, int threads) throws IOException {
        SymmetricMatrix tiles = new SymmetricMatrix(matrix.length, side);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                tiles.add(i, j, matrix[i][j]);
                if (j < i && i / side == j / side) {
                    tiles.add(j, i, matrix[i][j]);
                }
            }
        }
        Progress progress = new Progress(ProgressListener.NONE, Phase.TRAIN, 1);
        try (OrderedWork work = new OrderedWork(threads)) {
            new SymmetricInverse(tiles, work, progress).run();
        }
        return tiles;
    }

    /** Relative to the geometric mean of the diagonal elements that bound an element. */
    private static void assertSame(SymmetricMatrix actual, double[][] expected, double tolerance) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected.length; j++) {
                double scale = Math.sqrt(expected[i][i] * expected[j][j]);
                worst = Math.max(worst, Math.abs(actual.get(i, j) - expected[i][j]) / scale);
            }
        }
        assertThat(worst).isLessThan(tolerance);
    }

    /** As EASE has it: counts of pairs, and something on the diagonal. */
    private static double[][] positiveDefinite(int order, long seed) {
        Random random = new Random(seed);
        double[][] matrix = new double[order][order];
        for (int history = 0; history < 3 * order; history++) {
            int[] items = random.ints(8, 0, order).distinct().toArray();
            for (int i : items) {
                for (int j : items) {
                    matrix[i][j]++;
                }
            }
        }
        for (int i = 0; i < order; i++) {
            matrix[i][i] += 2;
        }
        return matrix;
    }
}
