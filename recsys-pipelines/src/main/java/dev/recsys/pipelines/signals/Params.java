package dev.recsys.pipelines.signals;

import java.time.Duration;

/** Constants that are given by name. */
final class Params {
    private static final double DAY_MILLIS = 86_400_000;

    private Params() {}

    static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE;
    }

    /** Returns the value as a whole number, or refuses it by name. */
    static int whole(String name, double value) {
        if (!isWhole(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; expected a whole number");
        }
        return (int) value;
    }

    static Duration days(String name, double days) {
        requirePositive(name, days, 36_500);
        return Duration.ofMillis(Math.max(1, Math.round(days * DAY_MILLIS)));
    }

    static double days(Duration duration) {
        return duration.toMillis() / DAY_MILLIS;
    }

    static void requireRange(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name + " is " + text(value) + "; expected a number from " + text(min) + " to " + text(max));
        }
    }

    static void requirePositive(String name, double value, double max) {
        if (!(value > 0 && value <= max)) {
            throw new IllegalArgumentException(
                    name + " is " + text(value) + "; expected more than 0, at most " + text(max));
        }
    }

    static IllegalArgumentException unknown(String name, String expected) {
        return new IllegalArgumentException("there is no constant '" + name + "'; expected one of " + expected);
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : "" + value;
    }
}
