package dev.recsys.pipelines.signals;

/** What all rows of one co-visitation table are computed from; shared by the threads, changed by none. */
final class CoocMatrix {
    private static final double SHARE_UNITS = 0x1p32;

    private final CoocSettings settings;
    private final Baskets baskets;
    private final ItemBaskets itemBaskets;
    private final PairScorer scorer;
    private final IdOrder ids;
    private final long[] shares; // [basket] in units of 2^-32; empty unless the formula wants it

    CoocMatrix(CoocSettings settings, Baskets baskets, int itemCount, IdOrder ids) {
        this.settings = settings;
        this.baskets = baskets;
        this.itemBaskets = ItemBaskets.of(baskets, itemCount);
        this.scorer = new PairScorer(settings, itemBaskets, baskets.count());
        this.ids = ids;
        this.shares = settings.similarity() == Similarity.RP3BETA ? shares(settings.alpha(), baskets) : new long[0];
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

    /** Returns a session's share of a walk that is in it. */
    long share(int basket) {
        return shares[basket];
    }

    private static long[] shares(double alpha, Baskets baskets) {
        long[] shares = new long[baskets.count()];
        for (int basket = 0; basket < shares.length; basket++) {
            int length = baskets.end(basket) - baskets.start(basket);
            shares[basket] = Math.max(1, Math.round(SHARE_UNITS * StrictMath.pow(length, -alpha)));
        }
        return shares;
    }
}
