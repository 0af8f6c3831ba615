package dev.recsys.eval;

/**
 * Why there is no verdict.
 *
 * @param reason the kind
 * @param detail what was expected, what was found, and what to do
 */
public record Refusal(Reason reason, String detail) {
    /** The kinds of refusals. */
    public enum Reason {
        /** The log has too few rows. */
        ROWS,
        /** Too few rows of the policy itself would tell as much. */
        EFFECTIVE_SAMPLE_SIZE,
        /** Too few rows have another reward than the most frequent one. */
        REWARDS,
        /** The weights do not average 1: propensities are wrong, or actions of the policy were never logged. */
        WEIGHTS,
        /** The arms of an experiment have not the shares that were planned. */
        SAMPLE_RATIO
    }
}
