package dev.recsys.eval;

/** What values must be, said once. */
final class Checks {
    private Checks() {}

    static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; expected a finite number");
        }
        return value;
    }

    static long atLeast(long least, String name, long value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + "; expected at least " + least);
        }
        return value;
    }
}
