package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.progress.Progress;
import java.io.IOException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Replaces a symmetric positive definite matrix by its inverse, in the same memory: Cholesky factor L, inverse of L,
 * {@code L^-T L^-1}; Golub, Van Loan: Matrix Computations, 4th edition 2013, sections 4.2 and 1.3 (by blocks). Takes
 * {@code n^3} additions and multiplications together, and a panel of one column of tiles beside the matrix.
 *
 * <p>Each tile is computed by one thread at a time and its products are added in the order of their index, so that the
 * same matrix gives the same bits on any number of threads.
 */
final class SymmetricInverse {
    /** How many steps of progress a matrix takes per row of tiles. */
    static final int STEPS_PER_ROW = 3;

    private final SymmetricMatrix matrix;
    private final OrderedWork work;
    private final Progress progress;
    private final Tile tile;
    private final int rows;
    private final double[][] panel; // [row of tiles] a tile of scratch
    private long done;

    SymmetricInverse(SymmetricMatrix matrix, OrderedWork work, Progress progress) {
        this.matrix = matrix;
        this.work = work;
        this.progress = progress;
        this.tile = new Tile(matrix.side());
        this.rows = matrix.tileRows();
        this.panel = new double[rows][matrix.side() * matrix.side()];
    }

    /** Returns the bytes of the scratch memory for a matrix of an order. */
    static long scratchBytes(int order) {
        return (order + (long) SymmetricMatrix.SIDE) * SymmetricMatrix.SIDE * Double.BYTES;
    }

    /**
     * Inverts.
     *
     * @throws IllegalArgumentException if the matrix is not positive definite
     * @throws IOException if this thread is interrupted; the matrix is of no use then
     */
    void run() throws IOException {
        for (int k = 0; k < rows; k++) {
            factorise(k);
            step();
        }
        for (int k = 0; k < rows; k++) {
            invertFactor(k);
            step();
        }
        for (int i = 0; i < rows; i++) {
            multiply(i);
            step();
        }
    }

    /** Finishes column k of L and takes its products off all tiles to the right. */
    private void factorise(int k) throws IOException {
        double[] diagonal = matrix.tile(k, k);
        tile.factorise(diagonal);
        double[] inverse = new double[diagonal.length];
        double[] inverseTransposed = new double[diagonal.length];
        tile.invertLower(diagonal, inverse);
        tile.transpose(inverse, inverseTransposed);
        inParallel(k + 1, rows, i -> {
            double[] residual = matrix.tile(i, k).clone();
            matrix.clear(i, k);
            tile.addProduct(matrix.tile(i, k), residual, inverseTransposed, 1);
            tile.transpose(matrix.tile(i, k), panel[i]);
        });
        inParallel(
                k + 1,
                rows,
                i -> IntStream.rangeClosed(k + 1, i)
                        .forEach(j -> tile.addProduct(matrix.tile(i, j), matrix.tile(i, k), panel[j], -1)));
    }

    /** Finishes row k of the inverse of L by forward substitution, and takes its products off the rows below. */
    private void invertFactor(int k) throws IOException {
        double[] inverse = panel[0];
        tile.invertLower(matrix.tile(k, k), inverse);
        inParallel(0, k, j -> {
            double[] residual = matrix.tile(k, j).clone();
            matrix.clear(k, j);
            tile.addProduct(matrix.tile(k, j), inverse, residual, 1);
        });
        System.arraycopy(inverse, 0, matrix.tile(k, k), 0, inverse.length);
        inParallel(k + 1, rows, i -> {
            double[] factor = matrix.tile(i, k).clone();
            matrix.clear(i, k);
            IntStream.rangeClosed(0, k).forEach(j -> tile.addProduct(matrix.tile(i, j), factor, matrix.tile(k, j), -1));
        });
    }

    /** Finishes row i of the product; rows of the factor above it are not needed any more. */
    private void multiply(int i) throws IOException {
        inParallel(i, rows, k -> tile.transpose(matrix.tile(k, i), panel[k]));
        inParallel(0, i + 1, j -> {
            double[] product = new double[panel[0].length];
            for (int k = i; k < rows; k++) {
                tile.addProduct(product, panel[k], matrix.tile(k, j), 1);
            }
            System.arraycopy(product, 0, matrix.tile(i, j), 0, product.length);
        });
    }

    private void step() {
        progress.at(++done);
    }

    /** Does something for each number from {@code from} to {@code to - 1}, the last one, often the longest, first. */
    private void inParallel(int from, int to, IntConsumer each) throws IOException {
        work.run(
                to - from,
                piece -> {
                    each.accept(to - 1 - piece);
                    return piece;
                },
                piece -> {});
    }
}
