package dev.recsys.pipelines.signals;

import java.time.Duration;
import java.util.Optional;

/**
 * What a pair of items counts in one session: {@code stepDecay^(d - 1)} times, if there is a half-life, {@code 2^(-age /
 * halfLife)}. {@code d} is how many steps lie between the items when the session's items are put in the order in which
 * they came last; the age of a session is the time from its first event to that of the newest session.
 *
 * @param stepDecay what every further step leaves of a pair, more than 0, at most 1
 * @param maxSteps pairs that lie further apart are none, 1 to 1000
 * @param halfLife the age at which a session counts half, more than 0; empty lets every session count alike
 */
public record PairWeights(double stepDecay, int maxSteps, Optional<Duration> halfLife) {
    /** Every pair of a session counts 1. */
    public static final PairWeights ALIKE = new PairWeights(1, 1_000, Optional.empty());

    private static final int MOST_STEPS = 1_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public PairWeights {
        Params.requirePositive("step-decay", stepDecay, 1);
        Params.requireRange("steps", maxSteps, 1, MOST_STEPS);
        halfLife.ifPresent(duration -> Params.requirePositive("half-life-days", Params.days(duration), 36_500));
    }

    /** Returns these weights with another decay. */
    public PairWeights withStepDecay(double decay) {
        return new PairWeights(decay, maxSteps, halfLife);
    }

    /** Returns these weights with another largest distance. */
    public PairWeights withMaxSteps(int steps) {
        return new PairWeights(stepDecay, steps, halfLife);
    }

    /** Returns these weights with a half-life. */
    public PairWeights withHalfLife(Duration age) {
        return new PairWeights(stepDecay, maxSteps, Optional.of(age));
    }

    /** Returns whether the distance between items makes no difference. */
    boolean isByAgeAlone() {
        return stepDecay == 1 && maxSteps == MOST_STEPS;
    }

    /** Returns what pairs count by how many steps lie between them, from 0 on; further ones count nothing. */
    double[] byDistance() {
        double[] weights = new double[maxSteps + 1];
        weights[0] = 1;
        for (int distance = 1; distance <= maxSteps; distance++) {
            weights[distance] = StrictMath.pow(stepDecay, distance - 1.0);
        }
        return weights;
    }

    /** Returns what a session of an age counts. */
    double byAge(long ageMillis) {
        return halfLife.isEmpty()
                ? 1
                : StrictMath.pow(2, -(double) ageMillis / halfLife.get().toMillis());
    }
}
