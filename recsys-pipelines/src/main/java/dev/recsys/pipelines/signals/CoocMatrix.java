package dev.recsys.pipelines.signals;

import java.util.Optional;

/** What all rows of one co-visitation table are computed from; shared by the threads, changed by none. */
final class CoocMatrix {
    private final CoocSettings settings;
    private final Baskets baskets;
    private final ItemBaskets itemBaskets;
    private final Optional<PairShares> shares;
    private final PairScorer scorer;
    private final IdOrder ids;

    CoocMatrix(CoocSettings settings, Baskets baskets, int itemCount, IdOrder ids) {
        this.settings = settings;
        this.baskets = baskets;
        this.itemBaskets = ItemBaskets.of(baskets, itemCount);
        this.shares = shares(settings, baskets, itemBaskets);
        this.scorer = new PairScorer(settings, Occurrences.of(settings, baskets, itemCount), itemCount);
        this.ids = ids;
    }

    /** Takes over what all sessions say of items; the baskets are some of the sessions. */
    CoocMatrix(CoocTotals totals, Baskets baskets, IdOrder ids) {
        this.settings = totals.settings();
        this.baskets = baskets;
        this.itemBaskets = ItemBaskets.of(baskets, totals.itemCount());
        this.shares = totals.shares(baskets);
        this.scorer = totals.scorer();
        this.ids = ids;
    }

    CoocSettings settings() {
        return settings;
    }

    Baskets baskets() {
        return baskets;
    }

    ItemBaskets itemBaskets() {
        return itemBaskets;
    }

    PairScorer scorer() {
        return scorer;
    }

    IdOrder ids() {
        return ids;
    }

    /** Returns what pairs count in a session; empty if counting sessions is enough. */
    Optional<PairShares> shares() {
        return shares;
    }

    static Optional<PairShares> shares(CoocSettings settings, Baskets baskets, ItemBaskets itemBaskets) {
        if (settings.similarity() == Similarity.BM25_COSINE) {
            return Optional.of(new Bm25Shares(settings.bm25(), baskets, itemBaskets));
        }
        return !isWeighted(settings)
                ? Optional.empty()
                : Optional.of(new WeightedShares(settings, baskets, baskets.newestMillis()));
    }

    /** Returns whether sessions are weighed, and not counted. */
    static boolean isWeighted(CoocSettings settings) {
        return settings.similarity() == Similarity.RP3BETA || !settings.isUnweighted();
    }
}
