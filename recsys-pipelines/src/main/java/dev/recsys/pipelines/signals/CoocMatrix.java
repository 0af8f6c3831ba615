package dev.recsys.pipelines.signals;

import java.util.function.Supplier;

/** What all rows of one co-visitation table are computed from; shared by the threads, changed by none. */
final class CoocMatrix {
    private final CoocSettings settings;
    private final Supplier<PairCounts> counts;
    private final PairScorer scorer;
    private final IdOrder ids;

    CoocMatrix(CoocSettings settings, Baskets baskets, int itemCount, IdOrder ids) {
        this.settings = settings;
        this.scorer = new PairScorer(settings, Occurrences.of(settings, baskets, itemCount), itemCount);
        this.counts = counts(settings, baskets, itemCount);
        this.ids = ids;
    }

    /** Takes over what all sessions say of items; the baskets are some of the sessions. */
    CoocMatrix(CoocTotals totals, Baskets baskets, IdOrder ids) {
        this.settings = totals.settings();
        this.scorer = totals.scorer();
        this.counts = counts(totals, baskets);
        this.ids = ids;
    }

    CoocSettings settings() {
        return settings;
    }

    PairScorer scorer() {
        return scorer;
    }

    IdOrder ids() {
        return ids;
    }

    /** Returns new scratch memory that counts pairs. */
    PairCounts counts() {
        return counts.get();
    }

    /** Lays baskets out for counting, and returns what makes the scratch memory of one thread. */
    static Supplier<PairCounts> counts(CoocSettings settings, Baskets baskets, int itemCount) {
        if (isCounted(settings)) {
            MarkedBaskets marked = MarkedBaskets.of(baskets, itemCount);
            return () -> new CountedPairs(marked);
        }
        ItemBaskets itemBaskets = ItemBaskets.of(baskets, itemCount);
        PairShares shares = settings.similarity() == Similarity.BM25_COSINE
                ? new Bm25Shares(settings.bm25(), baskets, itemBaskets)
                : new WeightedShares(settings, baskets, baskets.newestMillis());
        return () -> new SharedPairs(baskets, itemBaskets, shares);
    }

    private static Supplier<PairCounts> counts(CoocTotals totals, Baskets baskets) {
        if (isCounted(totals.settings())) {
            return counts(totals.settings(), baskets, totals.itemCount());
        }
        ItemBaskets itemBaskets = ItemBaskets.of(baskets, totals.itemCount());
        PairShares shares = totals.shares(baskets);
        return () -> new SharedPairs(baskets, itemBaskets, shares);
    }

    /** Returns whether a pair counts one in every session that has it. */
    static boolean isCounted(CoocSettings settings) {
        return settings.isUnweighted()
                && settings.similarity() != Similarity.RP3BETA
                && settings.similarity() != Similarity.BM25_COSINE;
    }
}
