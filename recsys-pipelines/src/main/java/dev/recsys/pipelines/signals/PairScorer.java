package dev.recsys.pipelines.signals;

/** The formulas of {@link Similarity}, with what depends on one item alone computed beforehand. */
final class PairScorer {
    private final CoocSettings settings;
    private final int[] sessions; // [item]
    private final double[] damping; // [item] the power of its number of sessions, if the formula has one
    private final LogLikelihoodRatio ratio;

    PairScorer(CoocSettings settings, ItemBaskets itemBaskets, int sessionCount) {
        this.settings = settings;
        this.sessions = new int[itemBaskets.itemCount()];
        for (int item = 0; item < sessions.length; item++) {
            sessions[item] = itemBaskets.sessions(item);
        }
        this.damping = damping(settings, sessions);
        this.ratio = new LogLikelihoodRatio(settings.similarity() == Similarity.LLR ? sessionCount : 0);
    }

    /**
     * Scores {@code neighbour} in the row of {@code item}.
     *
     * @param common in how many sessions both are
     * @param share the sum over these of a session's share of a walk, for RP3beta
     */
    double score(int item, int neighbour, int common, long share) {
        if (common < settings.minSupport()) {
            return 0;
        }
        double score = similarity(item, neighbour, common, share);
        return settings.shrinkage() == 0 ? score : score * common / (common + settings.shrinkage());
    }

    private double similarity(int item, int neighbour, int common, long share) {
        return switch (settings.similarity()) {
            case COUNT -> common;
            case COSINE -> common / Math.sqrt((double) sessions[item] * sessions[neighbour]);
            case JACCARD -> common / ((double) sessions[item] + sessions[neighbour] - common);
            case LLR -> ratio.of(sessions[item], sessions[neighbour], common);
            case CONDITIONAL -> common / (sessions[item] * damping[neighbour]);
            case RP3BETA -> share / damping[neighbour];
        };
    }

    private static double[] damping(CoocSettings settings, int[] sessions) {
        double exponent = switch (settings.similarity()) {
            case CONDITIONAL -> settings.alpha();
            case RP3BETA -> settings.beta();
            default -> 0;
        };
        double[] damping = new double[sessions.length];
        for (int item = 0; item < damping.length; item++) {
            damping[item] = exponent == 0 ? 1 : StrictMath.pow(sessions[item], exponent);
        }
        return damping;
    }
}
