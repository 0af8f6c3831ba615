package dev.recsys.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether two builds give the same rows: the same number of neighbours, rank by rank the same cosine, and the same neighbours
 * where they do not tie with the last one; which of equal ones are kept, every engine decides for itself.
 */
final class NeighbourCheck {
    private static final double TOLERANCE = 2e-6; // scores may be floats

    private final Map<Integer, Row> expected = new HashMap<>();

    private static final class Row {
        private final int[] neighbours;
        private final double[] scores;

        Row(int[] neighbours, double[] scores) {
            this.neighbours = neighbours;
            this.scores = scores;
        }
    }

    NeighbourCheck(NeighbourBuild reference) throws Exception {
        reference.rows((item, neighbours, scores) -> expected.put(item, new Row(neighbours, scores)));
    }

    /**
     * Compares.
     *
     * @throws IllegalStateException if they differ; the message says in which row
     */
    void requireSame(String name, NeighbourBuild other) throws Exception {
        int[] rows = new int[1];
        other.rows((item, neighbours, scores) -> {
            Row row = expected.getOrDefault(item, new Row(new int[0], new double[0]));
            requireSameRow(name + ", item " + item, row, new Row(neighbours, scores));
            rows[0] += neighbours.length > 0 ? 1 : 0;
        });
        long filled =
                expected.values().stream().filter(row -> row.scores.length > 0).count();
        if (rows[0] != filled) {
            throw new IllegalStateException(name + " has " + rows[0] + " rows; expected " + filled);
        }
    }

    private static void requireSameRow(String what, Row expected, Row found) {
        boolean same = expected.scores.length == found.scores.length;
        for (int rank = 0; same && rank < expected.scores.length; rank++) {
            same = Math.abs(expected.scores[rank] - found.scores[rank]) <= TOLERANCE;
        }
        if (!same || !Arrays.equals(aboveTheLast(expected), aboveTheLast(found))) {
            throw new IllegalStateException(what + ": expected " + Arrays.toString(expected.neighbours)
                    + Arrays.toString(expected.scores) + ", found " + Arrays.toString(found.neighbours)
                    + Arrays.toString(found.scores));
        }
    }

    private static int[] aboveTheLast(Row row) {
        double last = row.scores.length == 0 ? 0 : row.scores[row.scores.length - 1];
        return IntStream.range(0, row.scores.length)
                .filter(rank -> row.scores[rank] > last + TOLERANCE)
                .map(rank -> row.neighbours[rank])
                .sorted()
                .toArray();
    }
}
