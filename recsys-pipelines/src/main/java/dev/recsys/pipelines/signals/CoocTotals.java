package dev.recsys.pipelines.signals;

import java.io.IOException;

/** What all sessions together say of items, from which rows are computed while only some sessions are in memory. */
final class CoocTotals {
    private final CoocSettings settings;
    private final int itemCount;
    private final long newestMillis;
    private final PairScorer scorer;
    private final double[] lengthNorms; // [item] of BM25-cosine, or empty
    private final double[] lengths; // [item] of BM25-cosine

    CoocTotals(CoocSettings settings, SpilledBaskets baskets, BasketRanges ranges) throws IOException {
        this.settings = settings;
        this.itemCount = ranges.itemCount();
        this.newestMillis = baskets.newestMillis();
        this.scorer = new PairScorer(settings, occurrences(settings, baskets, itemCount), itemCount);
        boolean bm25 = settings.similarity() == Similarity.BM25_COSINE;
        this.lengthNorms = bm25 ? lengthNorms(settings.bm25(), baskets, itemCount) : new double[0];
        this.lengths = bm25 ? lengths(settings.bm25(), lengthNorms, ranges) : new double[0];
    }

    int itemCount() {
        return itemCount;
    }

    CoocSettings settings() {
        return settings;
    }

    PairScorer scorer() {
        return scorer;
    }

    /** Returns what pairs count in some of the sessions; only where counting sessions is not enough. */
    PairShares shares(Baskets baskets) {
        return settings.similarity() == Similarity.BM25_COSINE
                ? new Bm25Shares(settings.bm25(), baskets, lengthNorms, lengths)
                : new WeightedShares(settings, baskets, newestMillis);
    }

    private static Occurrences occurrences(CoocSettings settings, SpilledBaskets baskets, int items)
            throws IOException {
        Occurrences.Sums sums = new Occurrences.Sums(items);
        baskets.forEach(basket -> {
            long weight = sums.add(settings.weights().byAge(baskets.newestMillis() - basket.firstMillis));
            for (int i = 0; i < basket.length; i++) {
                sums.addItem(basket.items[i], weight);
            }
        });
        return sums.occurrences();
    }

    private static double[] lengthNorms(Bm25 constants, SpilledBaskets baskets, int items) throws IOException {
        long[] events = new long[items];
        baskets.forEach(basket -> {
            for (int i = 0; i < basket.length; i++) {
                events[basket.items[i]] += basket.events[i];
            }
        });
        return Bm25Shares.lengthNorms(constants, events);
    }

    private static double[] lengths(Bm25 constants, double[] norms, BasketRanges ranges) throws IOException {
        double[] lengths = new double[norms.length];
        ranges.forEach((from, to, loaded) -> {
            double[] parts = Bm25Shares.parts(constants, loaded, norms);
            ItemBaskets itemBaskets = ItemBaskets.of(loaded, lengths.length);
            for (int item = from; item < to; item++) {
                lengths[item] = Bm25Shares.length(item, parts, loaded, itemBaskets);
            }
        });
        return lengths;
    }
}
