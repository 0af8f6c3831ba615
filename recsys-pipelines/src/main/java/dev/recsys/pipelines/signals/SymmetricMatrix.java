package dev.recsys.pipelines.signals;

import java.util.Arrays;

/**
 * A large symmetric matrix of doubles, of which the lower triangle is stored, in square tiles: about 4 bytes an element
 * of the whole. The last tiles are filled up with rows of the identity.
 */
final class SymmetricMatrix {
    static final int SIDE = 128; // a tile is 128 KiB: two of them stay in a core's second cache

    private final int order;
    private final int side;
    private final int tileRows;
    private final double[][] tiles; // [i * (i + 1) / 2 + j], j <= i; each row by row

    SymmetricMatrix(int order) {
        this(order, SIDE);
    }

    SymmetricMatrix(int order, int side) {
        this.order = order;
        this.side = side;
        this.tileRows = tileRows(order, side);
        this.tiles = new double[Math.toIntExact(tileCount(tileRows))][side * side];
        for (int i = order; i < tileRows * side; i++) {
            tile(i / side, i / side)[i % side * (side + 1)] = 1;
        }
    }

    /** Returns the bytes that a matrix of an order takes. */
    static long bytes(int order) {
        return tileCount(tileRows(order, SIDE)) * SIDE * SIDE * Double.BYTES;
    }

    private static int tileRows(int order, int side) {
        return (int) ((order + (long) side - 1) / side);
    }

    private static long tileCount(long rows) {
        return rows * (rows + 1) / 2;
    }

    int order() {
        return order;
    }

    int side() {
        return side;
    }

    int tileRows() {
        return tileRows;
    }

    /** Returns the tile of row i and column j of tiles, {@code j <= i}; tiles on the diagonal are whole. */
    double[] tile(int i, int j) {
        return tiles[i * (i + 1) / 2 + j];
    }

    double get(int row, int column) {
        int high = Math.max(row, column);
        int low = Math.min(row, column);
        return tile(high / side, low / side)[high % side * side + low % side];
    }

    /** Adds to an element on or below the diagonal. */
    void add(int row, int column, double value) {
        tile(row / side, column / side)[row % side * side + column % side] += value;
    }

    /** Copies a row, which is a column as well, into an array of at least {@code order()} elements. */
    void copyRow(int row, double[] into) {
        int i = row / side;
        for (int j = 0; j <= i; j++) {
            int length = Math.min(side, order - j * side);
            System.arraycopy(tile(i, j), row % side * side, into, j * side, length);
        }
        for (int column = row - row % side; column < order; column++) {
            into[column] = get(row, column);
        }
    }

    /** Sets a tile to 0. */
    void clear(int i, int j) {
        Arrays.fill(tile(i, j), 0);
    }
}
