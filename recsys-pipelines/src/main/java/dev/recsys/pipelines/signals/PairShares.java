package dev.recsys.pipelines.signals;

/**
 * What a pair of items counts in one session, as a whole number of small units: sums of whole numbers do not depend on
 * their order, and sessions come in any.
 */
interface PairShares {
    /** The unit of weights that are at most 1 and are summed over all sessions. */
    double UNITS = 0x1p32;

    /**
     * Returns what the items at two positions of a session count together, from 0 to {@code UNITS}; 0 if they are no
     * pair.
     */
    long share(int basket, int position, int otherPosition);

    static long units(double weight) {
        return Math.max(1, Math.round(UNITS * weight));
    }
}
