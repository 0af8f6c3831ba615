package dev.recsys.pipelines.signals;

/**
 * How co-visitation is computed.
 *
 * @param similarity the formula
 * @param alpha the damping exponent of {@code conditional} and {@code rp3beta}, from 0 to 10
 * @param beta the popularity damping exponent of {@code rp3beta}, from 0 to 10
 * @param minSupport pairs that fewer sessions have are left out, at least 1
 * @param shrinkage {@code h}: every score is multiplied by {@code c / (c + h)}, so that pairs of little support count
 *     less (Bell, Koren, Volinsky 2007, section 4.2); 0 leaves the scores alone
 * @param neighbours how many neighbours of an item are kept, 1 to 1000
 */
public record CoocSettings(
        Similarity similarity, double alpha, double beta, int minSupport, double shrinkage, int neighbours) {
    private static final int MAX_NEIGHBOURS = 1_000;
    private static final double MAX_EXPONENT = 10;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public CoocSettings {
        requireRange("alpha", alpha, MAX_EXPONENT);
        requireRange("beta", beta, MAX_EXPONENT);
        requireRange("shrinkage", shrinkage, 1e9);
        if (minSupport < 1) {
            throw new IllegalArgumentException("minSupport is " + minSupport + "; expected at least 1");
        }
        if (neighbours < 1 || neighbours > MAX_NEIGHBOURS) {
            throw new IllegalArgumentException("neighbours is " + neighbours + "; expected 1 to " + MAX_NEIGHBOURS);
        }
    }

    /** Returns the settings that a similarity's source recommends, without floor or shrinkage, 100 neighbours an item. */
    public static CoocSettings of(Similarity similarity) {
        return new CoocSettings(similarity, similarity == Similarity.CONDITIONAL ? 0.5 : 1, 0.3, 1, 0, 100);
    }

    /** Returns these settings with another support floor. */
    public CoocSettings withMinSupport(int sessions) {
        return new CoocSettings(similarity, alpha, beta, sessions, shrinkage, neighbours);
    }

    /** Returns these settings with another shrinkage. */
    public CoocSettings withShrinkage(double sessions) {
        return new CoocSettings(similarity, alpha, beta, minSupport, sessions, neighbours);
    }

    /** Returns these settings with another number of neighbours. */
    public CoocSettings withNeighbours(int count) {
        return new CoocSettings(similarity, alpha, beta, minSupport, shrinkage, count);
    }

    /** Returns these settings with other exponents. */
    public CoocSettings withExponents(double newAlpha, double newBeta) {
        return new CoocSettings(similarity, newAlpha, newBeta, minSupport, shrinkage, neighbours);
    }

    /**
     * Returns these settings with one constant set by its name: {@code alpha, beta, min-support, shrinkage,
     * neighbours}.
     *
     * @throws IllegalArgumentException if there is no such constant, or the value is out of its range
     */
    public CoocSettings with(String name, double value) {
        return switch (name) {
            case "alpha" -> withExponents(value, beta);
            case "beta" -> withExponents(alpha, value);
            case "min-support" -> withMinSupport(Params.whole(name, value));
            case "shrinkage" -> withShrinkage(value);
            case "neighbours" -> withNeighbours(Params.whole(name, value));
            default -> throw Params.unknown(name, "alpha, beta, min-support, shrinkage, neighbours");
        };
    }

    private static void requireRange(String what, double value, double max) {
        if (!(value >= 0 && value <= max)) {
            throw new IllegalArgumentException(what + " is " + value + "; expected a number from 0 to " + max);
        }
    }
}
