package dev.recsys.eval;

/**
 * A figure and the interval around it.
 *
 * @param value the figure
 * @param interval where it may be
 */
public record Estimate(double value, Interval interval) {
    /** Refuses a value that is no number. */
    public Estimate {
        Checks.finite("value", value);
    }

    /** Returns whether the whole interval is above 0. */
    public boolean isAboveZero() {
        return interval.low() > 0;
    }

    /** Returns whether the whole interval is below 0. */
    public boolean isBelowZero() {
        return interval.high() < 0;
    }

    /** Estimates a mean with the normal interval: a mean of many alike and independent values is nearly normal. */
    public static Estimate ofMean(Moments moments) {
        double error = StrictMath.sqrt(moments.variance() / moments.count());
        return new Estimate(moments.mean(), Interval.around(moments.mean(), Interval.Z * error));
    }
}
