package dev.recsys.pipelines.signals;

import java.util.Arrays;

/**
 * The parts of the cosine of two items whose vectors over sessions are weighted by BM25; see {@link
 * Similarity#BM25_COSINE}. Holds 8 bytes a position.
 */
final class Bm25Shares implements PairShares {
    static final double COSINE_UNITS = 0x1p52; // a vector's parts are at most 1, and so are all sums of products

    private final double[] weights; // [position] of the item's vector, whose length is 1

    Bm25Shares(Bm25 constants, Baskets baskets, ItemBaskets itemBaskets) {
        this.weights = parts(constants, baskets, lengthNorms(constants, baskets, itemBaskets.itemCount()));
        double[] lengths = new double[itemBaskets.itemCount()];
        for (int item = 0; item < lengths.length; item++) {
            lengths[item] = length(item, weights, baskets, itemBaskets);
        }
        normalise(baskets, lengths);
    }

    /**
     * Computes them for some of the sessions.
     *
     * @param lengthNorms of {@link #lengthNorms(Bm25, long[])} over all sessions
     * @param lengths by item, of {@link #length} over all sessions
     */
    Bm25Shares(Bm25 constants, Baskets baskets, double[] lengthNorms, double[] lengths) {
        this.weights = parts(constants, baskets, lengthNorms);
        normalise(baskets, lengths);
    }

    @Override
    public long share(int basket, int position, int otherPosition) {
        return (long) (COSINE_UNITS * weights[position] * weights[otherPosition] + 0.5);
    }

    /** Returns the parts of the items' vectors by position, whatever length the vectors have. */
    static double[] parts(Bm25 constants, Baskets baskets, double[] lengthNorms) {
        double[] parts = new double[baskets.positions()];
        double logItems = StrictMath.log(lengthNorms.length);
        for (int basket = 0; basket < baskets.count(); basket++) {
            int length = baskets.end(basket) - baskets.start(basket);
            double rarity = logItems - StrictMath.log1p(length);
            for (int position = baskets.start(basket); position < baskets.end(basket); position++) {
                int times = baskets.events(position);
                double norm = lengthNorms[baskets.item(position)];
                parts[position] = rarity * times * (constants.k1() + 1) / (constants.k1() * norm + times);
            }
        }
        return parts;
    }

    private static double[] lengthNorms(Bm25 constants, Baskets baskets, int items) {
        long[] events = new long[items];
        for (int position = 0; position < baskets.positions(); position++) {
            events[baskets.item(position)] += baskets.events(position);
        }
        return lengthNorms(constants, events);
    }

    /** Returns the norms by item from how many events of all sessions are about it. */
    static double[] lengthNorms(Bm25 constants, long[] events) {
        int items = events.length;
        long all = Arrays.stream(events).sum();
        double[] norms = new double[items];
        for (int item = 0; item < items; item++) {
            norms[item] = 1 - constants.b() + constants.b() * events[item] * items / Math.max(1, all);
        }
        return norms;
    }

    /** Returns the length of an item's vector. Sums the squares in the order of their size, for sessions come in any. */
    static double length(int item, double[] parts, Baskets baskets, ItemBaskets itemBaskets) {
        int start = itemBaskets.start(item);
        double[] squares = new double[itemBaskets.end(item) - start];
        for (int i = 0; i < squares.length; i++) {
            double part = parts[baskets.positionOf(item, itemBaskets.basket(start + i))];
            squares[i] = part * part;
        }
        Arrays.sort(squares);
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    private void normalise(Baskets baskets, double[] lengths) {
        for (int position = 0; position < weights.length; position++) {
            double length = lengths[baskets.item(position)];
            if (length > 0) {
                weights[position] /= length;
            }
        }
    }
}
