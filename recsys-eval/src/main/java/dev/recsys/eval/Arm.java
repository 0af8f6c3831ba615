package dev.recsys.eval;

/**
 * The units of one arm of an experiment, such as its users: what came of each, and what was known of it before. Immutable.
 */
public final class Arm {
    private final double[] outcomes; // [unit]
    private final double[] before; // [unit]

    private Arm(double[] outcomes, double[] before) {
        this.outcomes = outcomes;
        this.before = before;
    }

    /**
     * Takes outcomes, and of each unit the same figure from before the experiment.
     *
     * @throws IllegalArgumentException if there are fewer than two, not as many of each, or one is not finite
     */
    public static Arm of(double[] outcomes, double[] before) {
        if (outcomes.length != before.length) {
            throw new IllegalArgumentException("there are " + outcomes.length + " outcomes and " + before.length
                    + " figures from before; expected one of each for every unit");
        }
        Moments.of(outcomes);
        Moments.of(before);
        return new Arm(outcomes.clone(), before.clone());
    }

    int units() {
        return outcomes.length;
    }

    double outcome(int unit) {
        return outcomes[unit];
    }

    double before(int unit) {
        return before[unit];
    }

    Moments outcomes() {
        return Moments.of(outcomes);
    }

    Moments adjusted(double theta, double meanBefore) {
        double[] adjusted = new double[outcomes.length]; // [unit]
        for (int unit = 0; unit < adjusted.length; unit++) {
            adjusted[unit] = outcomes[unit] - theta * (before[unit] - meanBefore);
        }
        return Moments.of(adjusted);
    }
}
