package dev.recsys.pipelines.signals;

/** Dunning's ratio for a table of two items against all sessions, in the form that sums {@code k ln k}. */
final class LogLikelihoodRatio {
    private static final int MAX_TABLE = 1 << 20;

    private final double sessions;
    private final double[] table; // [k] k ln k

    LogLikelihoodRatio(double sessions) {
        this.sessions = sessions;
        this.table = new double[(int) Math.min(sessions, MAX_TABLE) + 1];
        for (int k = 2; k < table.length; k++) {
            table[k] = k * StrictMath.log(k);
        }
    }

    /**
     * Returns the ratio, or 0 if the items do not meet more often than chance would have them. Weighted pairs may leave
     * less than nothing for the sessions with neither item; that counts as none.
     */
    double of(double left, double right, double common) {
        if (common * sessions <= left * right) {
            return 0;
        }
        double neither = Math.max(0, sessions - left - right + common);
        double cells = xLogX(common) + xLogX(left - common) + xLogX(right - common) + xLogX(neither);
        double margins = xLogX(left) + xLogX(sessions - left) + xLogX(right) + xLogX(sessions - right);
        return Math.max(0, 2 * (cells - margins + xLogX(sessions)));
    }

    private double xLogX(double k) {
        if (k <= 0) {
            return 0;
        }
        int whole = (int) k;
        return whole == k && whole < table.length ? table[whole] : k * StrictMath.log(k);
    }
}
