package dev.recsys.pipelines.evaluate;

import dev.recsys.table.Table;
import java.util.Arrays;
import java.util.Optional;

/**
 * Scores the whole catalogue for a query as it is served: the neighbours of the query's items summed; if popularity
 * takes part, both scaled so that the best that is no query item has the signal's weight, and added.
 */
final class Scorer {
    private static final double COOC_WEIGHT = 1;
    private static final double POPULARITY_WEIGHT = 0.2;

    private final Optional<Table> cooc;
    private final double[] popularity; // [item], or empty
    private final double[] scores; // [item]

    /** Takes tables under one catalogue. */
    Scorer(Optional<Table> cooc, Optional<Table> popularity, int itemCount) {
        this.cooc = cooc;
        this.popularity = popularity.map(table -> everybody(table, itemCount)).orElse(new double[0]);
        this.scores = new double[itemCount];
    }

    /** Returns the score of each item; overwritten by the next call. */
    double[] score(int[] query, int queryLength) {
        Arrays.fill(scores, 0);
        cooc.ifPresent(table -> addNeighbours(table, query, queryLength));
        if (popularity.length > 0) {
            blend(query, queryLength);
        }
        return scores;
    }

    private void addNeighbours(Table table, int[] query, int queryLength) {
        for (int i = 0; i < queryLength; i++) {
            for (int position = table.rowStart(query[i]); position < table.rowEnd(query[i]); position++) {
                scores[table.item(position)] += table.score(query[i], position);
            }
        }
    }

    private void blend(int[] query, int queryLength) {
        double coocScale = scale(COOC_WEIGHT, scores, query, queryLength);
        double popularityScale = scale(POPULARITY_WEIGHT, popularity, query, queryLength);
        for (int item = 0; item < scores.length; item++) {
            scores[item] = scores[item] * coocScale + popularity[item] * popularityScale;
        }
    }

    private static double scale(double weight, double[] values, int[] query, int queryLength) {
        double best = 0;
        for (int item = 0; item < values.length; item++) {
            if (values[item] > best && !contains(query, queryLength, item)) {
                best = values[item];
            }
        }
        return best == 0 ? 0 : weight / best;
    }

    private static boolean contains(int[] query, int queryLength, int item) {
        for (int i = 0; i < queryLength; i++) {
            if (query[i] == item) {
                return true;
            }
        }
        return false;
    }

    private static double[] everybody(Table table, int itemCount) {
        double[] values = new double[itemCount];
        int row = table.rowOf("");
        if (row < 0) {
            return values;
        }
        for (int position = table.rowStart(row); position < table.rowEnd(row); position++) {
            values[table.item(position)] = table.score(row, position);
        }
        return values;
    }
}
