package dev.recsys.pipelines.signals;

/** Constants that are given by name. */
final class Params {
    private Params() {}

    /** Returns the value as a whole number, or refuses it by name. */
    static int whole(String name, double value) {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is " + value + "; expected a whole number");
        }
        return (int) value;
    }

    static IllegalArgumentException unknown(String name, String expected) {
        return new IllegalArgumentException("there is no constant '" + name + "'; expected one of " + expected);
    }
}
