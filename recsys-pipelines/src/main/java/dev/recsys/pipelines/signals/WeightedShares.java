package dev.recsys.pipelines.signals;

/** The weights of {@link PairWeights}, and RP3beta's share of a walk that is in a session. */
final class WeightedShares implements PairShares {
    private final Baskets baskets;
    private final double[] byBasket; // [basket]
    private final long[] byAge; // [basket] in units; empty if the distance counts as well
    private final double[] byDistance; // [steps between the items]

    /**
     * Computes them.
     *
     * @param newestMillis the time of the newest session of all, which may not be among these
     */
    WeightedShares(CoocSettings settings, Baskets baskets, long newestMillis) {
        this.baskets = baskets;
        this.byDistance = settings.weights().byDistance();
        this.byBasket = byBasket(settings, baskets, newestMillis);
        this.byAge = new long[settings.weights().isByAgeAlone() ? byBasket.length : 0];
        for (int basket = 0; basket < byAge.length; basket++) {
            byAge[basket] = PairShares.units(byBasket[basket]);
        }
    }

    @Override
    public long share(int basket, int position, int otherPosition) {
        if (byAge.length > 0) {
            return byAge[basket];
        }
        int distance = Math.abs(baskets.step(position) - baskets.step(otherPosition));
        return distance < byDistance.length ? PairShares.units(byBasket[basket] * byDistance[distance]) : 0;
    }

    private static double[] byBasket(CoocSettings settings, Baskets baskets, long newestMillis) {
        double[] weights = ages(settings.weights(), baskets, newestMillis);
        if (settings.similarity() == Similarity.RP3BETA) {
            for (int basket = 0; basket < weights.length; basket++) {
                int length = baskets.end(basket) - baskets.start(basket);
                weights[basket] *= StrictMath.pow(length, -settings.alpha());
            }
        }
        return weights;
    }

    /** Returns what each session counts by its age. */
    static double[] ages(PairWeights pairWeights, Baskets baskets, long newestMillis) {
        double[] weights = new double[baskets.count()];
        for (int basket = 0; basket < weights.length; basket++) {
            weights[basket] = pairWeights.byAge(newestMillis - baskets.firstMillis(basket));
        }
        return weights;
    }
}
