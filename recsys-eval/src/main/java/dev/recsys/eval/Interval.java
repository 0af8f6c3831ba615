package dev.recsys.eval;

/**
 * An interval of 95 %: of many made the same way, 95 of 100 hold what is estimated.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
    /** The 0.975 quantile of the standard normal distribution. */
    static final double Z = 1.959963984540054;

    /** Refuses ends that are no numbers or the wrong way round. */
    public Interval {
        Checks.finite("low", low);
        Checks.finite("high", high);
        if (low > high) {
            throw new IllegalArgumentException("low is " + low + ", above high, which is " + high);
        }
    }

    static Interval around(double value, double halfWidth) {
        return new Interval(value - halfWidth, value + halfWidth);
    }

    /** Returns Wilson's score interval of a share of so many trials, which need not be whole; see {@link Rate#interval}. */
    static Interval wilson(double share, double trials) {
        double z2 = Z * Z;
        double scale = 1 + z2 / trials;
        double centre = (share + z2 / (2 * trials)) / scale;
        double half = Z / scale * StrictMath.sqrt(share * (1 - share) / trials + z2 / (4.0 * trials * trials));
        return around(centre, half);
    }

    /** Returns whether a value is inside, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
