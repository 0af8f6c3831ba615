package dev.recsys.proofs.powerloss;

import dev.recsys.proofs.Verdict;

/**
 * What runs came to.
 *
 * @param seeds how many runs
 * @param operations ships and rollbacks that were begun
 * @param deaths processes that died in the midst of something
 * @param powerLosses how often the power went
 * @param unusable surfaces that could not be shipped to after the power came back
 * @param verdict what the judge says
 */
record Crashes(int seeds, int operations, int deaths, int powerLosses, int unusable, Verdict verdict) {
    static final Crashes NONE = new Crashes(0, 0, 0, 0, 0, Verdict.NONE);

    int count() {
        return deaths + powerLosses;
    }

    Crashes plus(Crashes other) {
        return new Crashes(
                seeds + other.seeds,
                operations + other.operations,
                deaths + other.deaths,
                powerLosses + other.powerLosses,
                unusable + other.unusable,
                verdict.plus(other.verdict));
    }

    boolean isSound() {
        return unusable == 0 && verdict.isSound();
    }

    @Override
    public String toString() {
        return count() + " crashes (" + deaths + " processes died, " + powerLosses + " times the power went) in "
                + seeds + " seeds, " + operations + " operations: " + verdict + ", unusable " + unusable;
    }
}
