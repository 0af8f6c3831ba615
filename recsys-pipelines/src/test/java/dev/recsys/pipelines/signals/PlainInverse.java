package dev.recsys.pipelines.signals;

/** Inverses by the book, without tiles. */
final class PlainInverse {
    private PlainInverse() {}

    /** Gauss-Jordan with the largest pivot of the column. */
    static double[][] gaussJordan(double[][] matrix) {
        int n = matrix.length;
        double[][] a = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, a[i], 0, n);
            a[i][n + i] = 1;
        }
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k; i < n; i++) {
                best = Math.abs(a[i][k]) > Math.abs(a[best][k]) ? i : best;
            }
            double[] pivotRow = a[best];
            a[best] = a[k];
            a[k] = pivotRow;
            double pivot = pivotRow[k];
            for (int j = k; j < 2 * n; j++) {
                pivotRow[j] /= pivot;
            }
            for (int i = 0; i < n; i++) {
                double factor = a[i][k];
                for (int j = k; i != k && factor != 0 && j < 2 * n; j++) {
                    a[i][j] -= factor * pivotRow[j];
                }
            }
        }
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(a[i], n, inverse[i], 0, n);
        }
        return inverse;
    }

    /** Sweeps a positive definite matrix into its inverse, pivot by pivot. Goodnight, The American Statistician 33, 1979. */
    static double[][] swept(double[][] matrix) {
        int n = matrix.length;
        double[][] a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = matrix[i].clone();
        }
        for (int k = 0; k < n; k++) {
            double pivot = a[k][k];
            for (int i = 0; i < n; i++) {
                double factor = a[i][k] / pivot;
                for (int j = 0; i != k && j < n; j++) {
                    a[i][j] -= factor * a[k][j];
                }
                a[i][k] = i == k ? a[i][k] : -factor;
            }
            for (int j = 0; j < n; j++) {
                a[k][j] = j == k ? 1 / pivot : a[k][j] / pivot;
            }
        }
        return a;
    }
}
