package dev.recsys.pipelines.signals;

import java.time.Duration;
import java.util.Optional;

/**
 * How transitions within sessions are counted.
 *
 * @param stepDecay what every further step from an item to a later one leaves of their transition, more than 0, at most 1
 * @param maxSteps transitions over more steps are none, 1 to 1000
 * @param gapHalfLife the time between two items at which their transition counts half, more than 0; empty lets time make
 *     no difference
 * @param minSupport transitions that fewer sessions have are left out, at least 1
 * @param shrinkage {@code h}: every score is multiplied by {@code c / (c + h)} with c sessions that have the transition;
 *     0 leaves the scores alone
 * @param neighbours how many next items of an item are kept, 1 to 1000
 */
public record SessionSeqSettings(
        double stepDecay,
        int maxSteps,
        Optional<Duration> gapHalfLife,
        int minSupport,
        double shrinkage,
        int neighbours) {
    /** 0.8 a step, at most 10 steps, whatever the time between; no floor or shrinkage; 100 next items. */
    public static final SessionSeqSettings DEFAULT = new SessionSeqSettings(0.8, 10, Optional.empty(), 1, 0, 100);

    private static final String NAMES = "step-decay, steps, gap-half-life-minutes, min-support, shrinkage, neighbours";
    private static final double MINUTES_A_DAY = 1_440;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public SessionSeqSettings {
        Params.requirePositive("step-decay", stepDecay, 1);
        Params.requireRange("steps", maxSteps, 1, 1_000);
        gapHalfLife.ifPresent(half -> Params.requirePositive("the half-life of gaps", Params.days(half), 36_500));
        Params.requireRange("min-support", minSupport, 1, Integer.MAX_VALUE);
        Params.requireRange("shrinkage", shrinkage, 0, 1e9);
        Params.requireRange("neighbours", neighbours, 1, 1_000);
    }

    /**
     * Returns these settings with one constant set by its name: {@code step-decay, steps, gap-half-life-minutes,
     * min-support, shrinkage, neighbours}.
     *
     * @throws IllegalArgumentException if there is no such constant, or the value is out of its range
     */
    public SessionSeqSettings with(String name, double value) {
        int whole = Params.isWhole(value) ? (int) value : 0;
        return switch (name) {
            case "step-decay" ->
                new SessionSeqSettings(value, maxSteps, gapHalfLife, minSupport, shrinkage, neighbours);
            case "steps" -> new SessionSeqSettings(stepDecay, whole, gapHalfLife, minSupport, shrinkage, neighbours);
            case "gap-half-life-minutes" ->
                new SessionSeqSettings(
                        stepDecay,
                        maxSteps,
                        Optional.of(Params.days(name, value / MINUTES_A_DAY)),
                        minSupport,
                        shrinkage,
                        neighbours);
            case "min-support" ->
                new SessionSeqSettings(stepDecay, maxSteps, gapHalfLife, whole, shrinkage, neighbours);
            case "shrinkage" -> new SessionSeqSettings(stepDecay, maxSteps, gapHalfLife, minSupport, value, neighbours);
            case "neighbours" -> new SessionSeqSettings(stepDecay, maxSteps, gapHalfLife, minSupport, shrinkage, whole);
            default -> throw Params.unknown(name, NAMES);
        };
    }
}
