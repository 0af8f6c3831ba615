package dev.recsys.eval;

/**
 * Count, mean and variance of values.
 *
 * @param count how many, at least 2
 * @param mean their mean
 * @param variance their sample variance, whose divisor is {@code count - 1}
 */
public record Moments(long count, double mean, double variance) {
    /** Refuses fewer than two values, and what is no mean or variance. */
    public Moments {
        Checks.atLeast(2, "count", count);
        Checks.finite("mean", mean);
        Checks.finite("variance", variance);
        if (variance < 0) {
            throw new IllegalArgumentException("variance is " + variance + "; expected at least 0");
        }
    }

    /**
     * Takes the moments of values in two passes.
     *
     * @throws IllegalArgumentException for fewer than two values, or one that is not finite
     */
    public static Moments of(double... values) {
        Checks.atLeast(2, "the number of values", values.length);
        Sum sum = new Sum();
        for (int i = 0; i < values.length; i++) {
            sum.add(Checks.finite("value " + i, values[i]));
        }
        double mean = sum.value() / values.length;
        Sum squares = new Sum();
        for (double value : values) {
            squares.add((value - mean) * (value - mean));
        }
        return new Moments(values.length, mean, squares.value() / (values.length - 1));
    }
}
