package dev.recsys.eval;

/**
 * A share of trials that come in clusters, such as the items of one list, whose trials are not independent. Immutable; sums
 * of whole numbers, so that the order in which clusters come says nothing.
 *
 * @param clusters how many clusters have a trial
 * @param successes how many trials succeeded
 * @param trials how many there were
 * @param successes2 the sum of the squared successes of each cluster
 * @param products the sum of successes times trials of each cluster
 * @param trials2 the sum of the squared trials of each cluster
 */
public record ClusteredRate(long clusters, long successes, long trials, long successes2, long products, long trials2) {
    /** No cluster yet. */
    public static final ClusteredRate NONE = new ClusteredRate(0, 0, 0, 0, 0, 0);

    /**
     * Returns this with one more cluster; one without trials changes nothing.
     *
     * @throws IllegalArgumentException if there are more successes than trials, or fewer than none
     */
    public ClusteredRate plus(long success, long trial) {
        Checks.atLeast(0, "successes", success);
        Checks.atLeast(success, "trials", trial);
        return trial == 0
                ? this
                : new ClusteredRate(
                        clusters + 1,
                        successes + success,
                        trials + trial,
                        successes2 + success * success,
                        products + success * trial,
                        trials2 + trial * trial);
    }

    /** Returns successes by trials; 0 if there are none. */
    public double value() {
        return trials == 0 ? 0 : (double) successes / trials;
    }

    /**
     * Returns how many times the variance is that of as many independent trials: the linearised variance of a ratio, Cochran,
     * "Sampling techniques", 3rd edition, 1977, section 6.3, by that of a simple random sample, which is Kish's design effect.
     * It is not taken for less than 1. Where it cannot be told, of fewer than two clusters, or where all trials ended
     * alike, it is the mean number of trials of a cluster, as if those of a cluster always ended alike.
     */
    public double designEffect() {
        double p = value();
        if (clusters < 2 || successes == 0 || successes == trials) {
            return clusters == 0 ? 1 : (double) trials / clusters;
        }
        double squares = Math.max(0, successes2 - 2 * p * products + p * p * trials2);
        double variance = squares * clusters / (clusters - 1) / ((double) trials * trials);
        return Math.max(1, variance / (p * (1 - p) / trials));
    }

    /**
     * Returns the rate with Wilson's interval of trials by the design effect: Franco, Little, Louis, Slud, "Comparative study
     * of confidence intervals for proportions in complex sample surveys", J. Survey Statistics and Methodology 7 (2019), the
     * modified Wilson interval.
     *
     * @throws IllegalArgumentException if there are no trials
     */
    public Estimate estimate() {
        Checks.atLeast(1, "trials", trials);
        Interval score = Interval.wilson(value(), trials / designEffect());
        return new Estimate(
                value(),
                new Interval(
                        successes == 0 ? 0 : Math.max(0, score.low()),
                        successes == trials ? 1 : Math.min(1, score.high())));
    }
}
