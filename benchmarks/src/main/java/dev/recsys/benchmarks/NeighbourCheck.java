package dev.recsys.benchmarks;

import dev.recsys.benchmarks.NeighbourBuild.Neighbour;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether two builds give the same rows: the same number of neighbours and rank by rank the same cosine. Neighbours that are
 * equal but for the last bit may stand in another order, and at the end of a row be others.
 */
final class NeighbourCheck {
    private static final double LAST_BIT = 1e-7; // of a float

    private final Map<String, List<Neighbour>> expected = new HashMap<>();
    private final double tolerance;

    /** Takes what is expected, and by what share of the best one of its row a score may be off for the form that it is kept in. */
    NeighbourCheck(NeighbourBuild reference, double tolerance) throws Exception {
        this.tolerance = tolerance;
        reference.rows(expected::put);
        expected.values().removeIf(List::isEmpty);
    }

    /**
     * Compares.
     *
     * @throws IllegalStateException if they differ; the message says in which row
     */
    void requireSame(String name, NeighbourBuild other) throws Exception {
        int[] rows = new int[1];
        other.rows((item, row) -> {
            List<Neighbour> wanted = expected.getOrDefault(item, List.of());
            if (!isSame(wanted, row)) {
                throw new IllegalStateException(
                        name + ": the neighbours of " + item + " are " + row + "; expected " + wanted);
            }
            rows[0] += row.isEmpty() ? 0 : 1;
        });
        if (rows[0] != expected.size()) {
            throw new IllegalStateException(
                    name + " has neighbours of " + rows[0] + " items; expected " + expected.size());
        }
    }

    private boolean isSame(List<Neighbour> wanted, List<Neighbour> found) {
        if (wanted.size() != found.size()) {
            return false;
        }
        Map<String, Double> scores = wanted.stream().collect(Collectors.toMap(Neighbour::item, Neighbour::score));
        for (int rank = 0; rank < wanted.size(); rank++) {
            double score = wanted.get(rank).score();
            double last = wanted.get(wanted.size() - 1).score(); // of one that is not in the row
            Neighbour other = found.get(rank);
            boolean isStored =
                    Math.abs(other.score() - score) <= tolerance * wanted.get(0).score();
            if (!isStored || Math.abs(scores.getOrDefault(other.item(), last) - score) > LAST_BIT) {
                return false;
            }
        }
        return true;
    }
}
