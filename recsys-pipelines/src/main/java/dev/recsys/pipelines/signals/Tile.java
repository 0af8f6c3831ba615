package dev.recsys.pipelines.signals;

import java.util.Arrays;

/**
 * Arithmetic of square tiles, row by row in one array each. Every element is summed in one fixed order, so that the same
 * tiles give the same bits; the loops run along rows, where the compiler makes vector instructions of them.
 */
final class Tile {
    private final int side;

    Tile(int side) {
        this.side = side;
    }

    /** Computes {@code c += sign * a b}. */
    void addProduct(double[] c, double[] a, double[] b, double sign) {
        for (int row = 0; row < side; row++) {
            int start = row * side;
            int k = 0;
            for (; k + 4 <= side; k += 4) {
                addFour(c, start, a, start + k, b, k * side, sign);
            }
            for (; k < side; k++) {
                double factor = sign * a[start + k];
                for (int column = 0; column < side; column++) {
                    c[start + column] += factor * b[k * side + column];
                }
            }
        }
    }

    private void addFour(double[] c, int cStart, double[] a, int aStart, double[] b, int bStart, double sign) {
        double a0 = sign * a[aStart];
        double a1 = sign * a[aStart + 1];
        double a2 = sign * a[aStart + 2];
        double a3 = sign * a[aStart + 3];
        if (a0 == 0 && a1 == 0 && a2 == 0 && a3 == 0) {
            return;
        }
        int b1 = bStart + side;
        int b2 = b1 + side;
        int b3 = b2 + side;
        for (int column = 0; column < side; column++) {
            c[cStart + column] +=
                    a0 * b[bStart + column] + a1 * b[b1 + column] + a2 * b[b2 + column] + a3 * b[b3 + column];
        }
    }

    /** Sets {@code to} to the transpose of {@code from}. */
    void transpose(double[] from, double[] to) {
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                to[column * side + row] = from[row * side + column];
            }
        }
    }

    /** Replaces a symmetric tile by its lower Cholesky factor; what is above the diagonal becomes 0. */
    void factorise(double[] a) {
        for (int row = 0; row < side; row++) {
            int start = row * side;
            for (int column = 0; column <= row; column++) {
                double sum = a[start + column];
                for (int k = 0; k < column; k++) {
                    sum -= a[start + k] * a[column * side + k];
                }
                a[start + column] = column < row ? sum / a[column * side + column] : root(sum);
            }
            Arrays.fill(a, start + row + 1, start + side, 0);
        }
    }

    /** Sets {@code to} to the inverse of a lower triangular tile. */
    void invertLower(double[] lower, double[] to) {
        Arrays.fill(to, 0);
        for (int row = 0; row < side; row++) {
            int start = row * side;
            for (int k = 0; k < row; k++) {
                double factor = lower[start + k];
                for (int column = 0; column <= k; column++) {
                    to[start + column] -= factor * to[k * side + column];
                }
            }
            to[start + row] = 1;
            double pivot = lower[start + row];
            for (int column = 0; column <= row; column++) {
                to[start + column] /= pivot;
            }
        }
    }

    private static double root(double pivot) {
        if (!(pivot > 0)) {
            throw new IllegalArgumentException("the matrix is not positive definite; raise lambda");
        }
        return Math.sqrt(pivot);
    }
}
