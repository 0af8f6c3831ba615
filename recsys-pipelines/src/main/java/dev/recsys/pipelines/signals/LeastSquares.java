package dev.recsys.pipelines.signals;

/** Solves small systems {@code A x = b} with a symmetric positive definite A; one thread at a time. */
final class LeastSquares {
    private final int order;
    private final double[] a; // lower triangle, row by row in a square; its Cholesky factor once it is solved
    private final double[] x;

    LeastSquares(int order) {
        this.order = order;
        this.a = new double[order * order];
        this.x = new double[order];
    }

    /** Starts with {@code A = scale * matrix + diagonal * I} and {@code b = 0}. */
    void start(double[] matrix, double scale, double diagonal) {
        for (int row = 0; row < order; row++) {
            for (int column = 0; column <= row; column++) {
                a[row * order + column] = scale * matrix[row * order + column];
            }
            a[row * order + row] += diagonal;
            x[row] = 0;
        }
    }

    /** Adds {@code v v^T} to A and v to b. */
    void add(double[] vectors, int start) {
        for (int row = 0; row < order; row++) {
            double factor = vectors[start + row];
            for (int column = 0; column <= row; column++) {
                a[row * order + column] += factor * vectors[start + column];
            }
            x[row] += factor;
        }
    }

    /** Factorises A. */
    void factorise() {
        for (int row = 0; row < order; row++) {
            for (int column = 0; column <= row; column++) {
                double sum = a[row * order + column];
                for (int k = 0; k < column; k++) {
                    sum -= a[row * order + k] * a[column * order + k];
                }
                a[row * order + column] = column < row ? sum / a[column * order + column] : Math.sqrt(sum);
            }
        }
    }

    /** Writes the solution; A is factorised. */
    void solve(double[] into, int start) {
        solve(x, 0, into, start);
    }

    /** Writes the solution for another b; A is factorised. */
    void solve(double[] b, int bStart, double[] into, int start) {
        for (int row = 0; row < order; row++) {
            double sum = b[bStart + row];
            for (int k = 0; k < row; k++) {
                sum -= a[row * order + k] * into[start + k];
            }
            into[start + row] = sum / a[row * order + row];
        }
        for (int row = order - 1; row >= 0; row--) {
            double sum = into[start + row];
            for (int k = row + 1; k < order; k++) {
                sum -= a[k * order + row] * into[start + k];
            }
            into[start + row] = sum / a[row * order + row];
        }
    }
}
