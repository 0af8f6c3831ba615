package dev.recsys.cli.page;

import java.util.Locale;

/** What figures are, and so how they are printed. */
public enum Unit {
    /** A share of 1, printed in percent. */
    PERCENT(100, 2, " %"),
    /** A difference of two shares, printed in percentage points with its sign. */
    POINTS(100, 2, " pp"),
    /** How many. */
    COUNT(1, 0, ""),
    /** Milliseconds. */
    MILLIS(1, 1, " ms"),
    /** Any other number. */
    NUMBER(1, 3, "");

    private static final int MOST_DIGITS = 9;

    private final double scale;
    private final int digits;
    private final String suffix;

    Unit(double scale, int digits, String suffix) {
        this.scale = scale;
        this.digits = digits;
        this.suffix = suffix;
    }

    /** Returns a figure with its unit. */
    public String format(double value) {
        return number(value, digits) + suffix;
    }

    /** Returns a figure at an axis, with as many digits as tell it from the next one. */
    String tick(double value, double step) {
        int needed = 0;
        double scaled = step * scale;
        while (needed < MOST_DIGITS && Math.abs(scaled - Math.rint(scaled)) > 1e-6 * scaled) {
            scaled *= 10;
            needed++;
        }
        return number(value, needed) + suffix;
    }

    private String number(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value * scale);
        boolean isZero = text.matches("-?[0.]+");
        text = isZero ? text.replace("-", "") : text;
        return this == POINTS && value > 0 && !isZero ? "+" + text : text;
    }
}
