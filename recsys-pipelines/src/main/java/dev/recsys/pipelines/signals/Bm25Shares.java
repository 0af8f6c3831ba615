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
        this.weights = new double[baskets.positions()];
        double[] lengthNorms = lengthNorms(constants, baskets, itemBaskets.itemCount());
        double logItems = StrictMath.log(itemBaskets.itemCount());
        for (int basket = 0; basket < baskets.count(); basket++) {
            int length = baskets.end(basket) - baskets.start(basket);
            double rarity = logItems - StrictMath.log1p(length);
            for (int position = baskets.start(basket); position < baskets.end(basket); position++) {
                int times = baskets.events(position);
                double norm = lengthNorms[baskets.item(position)];
                weights[position] = rarity * times * (constants.k1() + 1) / (constants.k1() * norm + times);
            }
        }
        normalise(baskets, itemBaskets);
    }

    @Override
    public long share(int basket, int position, int otherPosition) {
        return (long) (COSINE_UNITS * weights[position] * weights[otherPosition] + 0.5);
    }

    private static double[] lengthNorms(Bm25 constants, Baskets baskets, int items) {
        long[] lengths = new long[items];
        long all = 0;
        for (int position = 0; position < baskets.positions(); position++) {
            lengths[baskets.item(position)] += baskets.events(position);
            all += baskets.events(position);
        }
        double[] norms = new double[items];
        for (int item = 0; item < items; item++) {
            norms[item] = 1 - constants.b() + constants.b() * lengths[item] * items / Math.max(1, all);
        }
        return norms;
    }

    /** Sums the squares in the order of their size, for the sessions come in any. */
    private void normalise(Baskets baskets, ItemBaskets itemBaskets) {
        for (int item = 0; item < itemBaskets.itemCount(); item++) {
            int start = itemBaskets.start(item);
            double[] squares = new double[itemBaskets.end(item) - start];
            for (int i = 0; i < squares.length; i++) {
                double weight = weights[baskets.positionOf(item, itemBaskets.basket(start + i))];
                squares[i] = weight * weight;
            }
            Arrays.sort(squares);
            double sum = 0;
            for (double square : squares) {
                sum += square;
            }
            double length = Math.sqrt(sum);
            for (int i = start; length > 0 && i < itemBaskets.end(item); i++) {
                weights[baskets.positionOf(item, itemBaskets.basket(i))] /= length;
            }
        }
    }
}
