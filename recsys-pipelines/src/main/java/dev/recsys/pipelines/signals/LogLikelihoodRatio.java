package dev.recsys.pipelines.signals;

/** Dunning's ratio for a table of two items against all sessions, in the form that sums {@code k ln k}. */
final class LogLikelihoodRatio {
    private static final int MAX_TABLE = 1 << 20;

    private final int sessions;
    private final double[] table; // [k] k ln k

    LogLikelihoodRatio(int sessions) {
        this.sessions = sessions;
        this.table = new double[Math.min(sessions, MAX_TABLE) + 1];
        for (int k = 2; k < table.length; k++) {
            table[k] = k * StrictMath.log(k);
        }
    }

    /** Returns the ratio, or 0 if the items do not meet more often than chance would have them. */
    double of(int left, int right, int common) {
        if ((double) common * sessions <= (double) left * right) {
            return 0;
        }
        double cells =
                xLogX(common) + xLogX(left - common) + xLogX(right - common) + xLogX(sessions - left - right + common);
        double margins = xLogX(left) + xLogX(sessions - left) + xLogX(right) + xLogX(sessions - right);
        return Math.max(0, 2 * (cells - margins + xLogX(sessions)));
    }

    private double xLogX(int k) {
        return k < table.length ? table[k] : k * StrictMath.log(k);
    }
}
