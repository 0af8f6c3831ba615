package dev.recsys.pipelines.signals;

/** The formulas of {@link Similarity}, with what depends on one item alone computed beforehand. */
final class PairScorer {
    private final CoocSettings settings;
    private final boolean weighted;
    private final Occurrences sessions; // of items
    private final double[] damping; // [item] the power of its number of sessions, if the formula has one
    private final LogLikelihoodRatio ratio;

    PairScorer(CoocSettings settings, Occurrences sessions, int itemCount) {
        this.settings = settings;
        this.weighted = !settings.isUnweighted();
        this.sessions = sessions;
        this.damping = damping(settings, sessions, itemCount);
        this.ratio = new LogLikelihoodRatio(settings.similarity() == Similarity.LLR ? sessions.all() : 0);
    }

    /**
     * Scores {@code neighbour} in the row of {@code item}.
     *
     * @param common in how many sessions both are a pair
     * @param share the sum over these of {@link PairShares}; not looked at if there are none
     */
    double score(int item, int neighbour, int common, long share) {
        if (common < settings.minSupport()) {
            return 0;
        }
        double both = weighted ? share / PairShares.UNITS : common;
        double score = similarity(item, neighbour, both, share);
        return settings.shrinkage() == 0 ? score : score * common / (common + settings.shrinkage());
    }

    private double similarity(int item, int neighbour, double both, long share) {
        return switch (settings.similarity()) {
            case COUNT -> both;
            case COSINE -> both / Math.sqrt(sessions.of(item) * sessions.of(neighbour));
            case JACCARD -> both / (sessions.of(item) + sessions.of(neighbour) - both);
            case LLR -> ratio.of(sessions.of(item), sessions.of(neighbour), both);
            case CONDITIONAL -> both / (sessions.of(item) * damping[neighbour]);
            case RP3BETA -> share / damping[neighbour];
            case BM25_COSINE -> share / Bm25Shares.COSINE_UNITS;
        };
    }

    private static double[] damping(CoocSettings settings, Occurrences sessions, int itemCount) {
        double exponent = switch (settings.similarity()) {
            case CONDITIONAL -> settings.alpha();
            case RP3BETA -> settings.beta();
            default -> 0;
        };
        double[] damping = new double[itemCount];
        for (int item = 0; item < damping.length; item++) {
            damping[item] = exponent == 0 ? 1 : StrictMath.pow(sessions.of(item), exponent);
        }
        return damping;
    }
}
