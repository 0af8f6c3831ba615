package dev.recsys.pipelines.signals;

/**
 * How co-visitation is computed.
 *
 * @param similarity the formula
 * @param alpha the damping exponent of {@code conditional} and {@code rp3beta}, from 0 to 10
 * @param beta the popularity damping exponent of {@code rp3beta}, from 0 to 10
 * @param bm25 the constants of {@code bm25-cosine}
 * @param weights what a pair counts in a session; all alike for {@code bm25-cosine}
 * @param minSupport pairs that fewer sessions have are left out, at least 1
 * @param shrinkage {@code h}: every score is multiplied by {@code c / (c + h)} with c sessions that have the pair, so
 *     that pairs of little support count less (Bell, Koren, Volinsky 2007, section 4.2); 0 leaves the scores alone
 * @param neighbours how many neighbours of an item are kept, 1 to 1000
 */
public record CoocSettings(
        Similarity similarity,
        double alpha,
        double beta,
        Bm25 bm25,
        PairWeights weights,
        int minSupport,
        double shrinkage,
        int neighbours) {
    private static final String NAMES =
            "alpha, beta, k1, b, step-decay, steps, pair-half-life-days, min-support, shrinkage, neighbours";
    private static final int MAX_NEIGHBOURS = 1_000;
    private static final double MAX_EXPONENT = 10;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number, or weights are given that the
     *     similarity does not take; the message names it
     */
    public CoocSettings {
        Params.requireRange("alpha", alpha, 0, MAX_EXPONENT);
        Params.requireRange("beta", beta, 0, MAX_EXPONENT);
        Params.requireRange("shrinkage", shrinkage, 0, 1e9);
        Params.requireRange("neighbours", neighbours, 1, MAX_NEIGHBOURS);
        if (minSupport < 1) {
            throw new IllegalArgumentException("minSupport is " + minSupport + "; expected at least 1");
        }
        if (similarity == Similarity.BM25_COSINE && !weights.equals(PairWeights.ALIKE)) {
            throw new IllegalArgumentException(
                    "bm25-cosine weighs items itself; it takes no step-decay, steps or pair-half-life-days");
        }
    }

    /** Returns the settings that a similarity's source recommends, without floor or shrinkage, 100 neighbours an item. */
    public static CoocSettings of(Similarity similarity) {
        double alpha = similarity == Similarity.CONDITIONAL ? 0.5 : 1;
        return new CoocSettings(similarity, alpha, 0.3, Bm25.DEFAULT, PairWeights.ALIKE, 1, 0, 100);
    }

    /** Returns these settings with another support floor. */
    public CoocSettings withMinSupport(int sessions) {
        return new CoocSettings(similarity, alpha, beta, bm25, weights, sessions, shrinkage, neighbours);
    }

    /** Returns these settings with another shrinkage. */
    public CoocSettings withShrinkage(double sessions) {
        return new CoocSettings(similarity, alpha, beta, bm25, weights, minSupport, sessions, neighbours);
    }

    /** Returns these settings with another number of neighbours. */
    public CoocSettings withNeighbours(int count) {
        return new CoocSettings(similarity, alpha, beta, bm25, weights, minSupport, shrinkage, count);
    }

    /** Returns these settings with other exponents. */
    public CoocSettings withExponents(double newAlpha, double newBeta) {
        return new CoocSettings(similarity, newAlpha, newBeta, bm25, weights, minSupport, shrinkage, neighbours);
    }

    /** Returns these settings with other constants of BM25. */
    public CoocSettings withBm25(Bm25 constants) {
        return new CoocSettings(similarity, alpha, beta, constants, weights, minSupport, shrinkage, neighbours);
    }

    /** Returns these settings with other weights of pairs. */
    public CoocSettings withWeights(PairWeights pairWeights) {
        return new CoocSettings(similarity, alpha, beta, bm25, pairWeights, minSupport, shrinkage, neighbours);
    }

    /**
     * Returns these settings with one constant set by its name: {@code alpha, beta, k1, b, step-decay, steps,
     * pair-half-life-days, min-support, shrinkage, neighbours}.
     *
     * @throws IllegalArgumentException if there is no such constant, or the value is out of its range
     */
    public CoocSettings with(String name, double value) {
        return switch (name) {
            case "alpha" -> withExponents(value, beta);
            case "beta" -> withExponents(alpha, value);
            case "k1" -> withBm25(new Bm25(value, bm25.b()));
            case "b" -> withBm25(new Bm25(bm25.k1(), value));
            case "step-decay" -> withWeights(weights.withStepDecay(value));
            case "steps" -> withWeights(weights.withMaxSteps(Params.whole(name, value)));
            case "pair-half-life-days" -> withWeights(weights.withHalfLife(Params.days(name, value)));
            case "min-support" -> withMinSupport(Params.whole(name, value));
            case "shrinkage" -> withShrinkage(value);
            case "neighbours" -> withNeighbours(Params.whole(name, value));
            default -> throw Params.unknown(name, NAMES);
        };
    }

    /** Returns whether pairs of one session count alike. */
    boolean isUnweighted() {
        return weights.equals(PairWeights.ALIKE);
    }
}
