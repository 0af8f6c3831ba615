package dev.recsys.eval;

import java.util.List;

/**
 * What may be said, or why nothing may.
 *
 * @param outcome what may be said
 * @param refusals why nothing may be said; empty unless the outcome is {@link Outcome#REFUSED}
 */
public record Verdict(Outcome outcome, List<Refusal> refusals) {
    /** What may be said. */
    public enum Outcome {
        /** Better: every interval of the difference is above 0. */
        HIGHER,
        /** Worse: every interval of the difference is below 0. */
        LOWER,
        /** Neither can be told from these rows. */
        UNDECIDED,
        /** Nothing: see the refusals. */
        REFUSED
    }

    /** Refuses a refusal without a reason, and a reason without a refusal. */
    public Verdict {
        refusals = List.copyOf(refusals);
        if (refusals.isEmpty() == (outcome == Outcome.REFUSED)) {
            throw new IllegalArgumentException("the outcome is " + outcome + " with refusals " + refusals);
        }
    }

    static Verdict of(List<Estimate> differences, List<Refusal> refusals) {
        if (!refusals.isEmpty()) {
            return new Verdict(Outcome.REFUSED, refusals);
        }
        if (differences.stream().allMatch(Estimate::isAboveZero)) {
            return new Verdict(Outcome.HIGHER, refusals);
        }
        boolean lower = differences.stream().allMatch(Estimate::isBelowZero);
        return new Verdict(lower ? Outcome.LOWER : Outcome.UNDECIDED, refusals);
    }
}
