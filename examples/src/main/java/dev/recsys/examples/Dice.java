package dev.recsys.examples;

/**
 * Pseudo-random numbers that are the same on every JDK: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, figure 15). Not
 * safe for concurrent use.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        this.state = seed;
    }

    /** Returns a number that is at least 0 and less than 1. */
    double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Returns a number from 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) (fraction() * bound);
    }

    /** Returns true once in so many times. */
    boolean oneIn(double times) {
        return fraction() * times < 1;
    }

    private long next() {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
