package dev.recsys.pipelines.signals;

import dev.recsys.sums.ItemSum;
import dev.recsys.sums.PairSum;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Pairs as they come, 12 bytes each, or 20 where their shares count, and 8 more while rows are written. Where a session
 * began on a day that has left the window, items that have no event on the days that are left are left out.
 */
final class SummedPairs {
    private static final int MAX_PAIRS = (1 << 30) - 1;

    private final SummedItems items;
    private final CoocSettings settings;
    private final double sessions;
    private final boolean hasShares;
    private final double[] byItem; // [item] in how many sessions
    private int[] left = new int[1024]; // [pair] item
    private int[] right = new int[1024]; // [pair] item
    private int[] common = new int[1024]; // [pair] sessions
    private long[] shares; // [pair] in units, or empty
    private int pairs;

    SummedPairs(SummedItems items, CoocSettings settings, double sessions) {
        this.items = items;
        this.settings = settings;
        this.sessions = sessions;
        this.hasShares = !settings.isUnweighted() || settings.similarity() == Similarity.RP3BETA;
        this.byItem = new double[items.count()];
        this.shares = new long[hasShares ? 1024 : 0];
    }

    void add(ItemSum row) {
        int item = items.number(row.item());
        if (item >= 0) {
            byItem[item] = row.share();
        }
    }

    void add(PairSum row) {
        int item = items.number(row.item());
        int neighbour = items.number(row.neighbour());
        if (item >= 0 && neighbour >= 0) {
            add(item, neighbour, row);
        }
    }

    private void add(int item, int neighbour, PairSum row) {
        if (pairs == MAX_PAIRS) {
            throw new IllegalArgumentException("the window has more than " + MAX_PAIRS
                    + " pairs of items; take a shorter one, or leave rare items out");
        }
        if (pairs == left.length) {
            int capacity = (int) Math.min(MAX_PAIRS, pairs * 2L);
            left = Arrays.copyOf(left, capacity);
            right = Arrays.copyOf(right, capacity);
            common = Arrays.copyOf(common, capacity);
            shares = Arrays.copyOf(shares, hasShares ? capacity : 0);
        }
        left[pairs] = item;
        right[pairs] = neighbour;
        common[pairs] = Math.toIntExact(row.sessions());
        if (hasShares) {
            shares[pairs] = PairShares.units(row.share());
        }
        pairs++;
    }

    void write(TableWriter table) throws IOException {
        PairScorer scorer = new PairScorer(settings, new Occurrences(byItem, sessions), items.count());
        Grouping byEnd = new Grouping(2 * pairs, items.count(), end -> end < pairs ? left[end] : right[end - pairs]);
        Rows rows = new Rows(scorer, byEnd);
        for (int item = 0; item < items.count(); item++) {
            Optional<NeighbourRow> row = rows.row(item);
            if (row.isPresent()) {
                row.get().writeTo(table, items.id(item));
            }
        }
    }

    /** A pair is in the rows of both its items. */
    private final class Rows implements RowSource {
        private final PairScorer scorer;
        private final Grouping byEnd;
        private final BestItems best = new BestItems(items.order(), settings.neighbours());

        Rows(PairScorer scorer, Grouping byEnd) {
            this.scorer = scorer;
            this.byEnd = byEnd;
        }

        @Override
        public Optional<NeighbourRow> row(int item) {
            for (int i = byEnd.start(item); i < byEnd.end(item); i++) {
                int end = byEnd.at(i);
                int pair = end < pairs ? end : end - pairs;
                int neighbour = end < pairs ? right[pair] : left[pair];
                float score = (float) scorer.score(item, neighbour, common[pair], hasShares ? shares[pair] : 0);
                if (score > 0) {
                    best.offer(neighbour, score);
                }
            }
            Optional<NeighbourRow> row = best.drain(item);
            if (settings.similarity() == Similarity.RP3BETA) {
                row.ifPresent(NeighbourRow::divideBySum);
            }
            return row;
        }
    }
}
