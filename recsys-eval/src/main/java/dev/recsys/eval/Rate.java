package dev.recsys.eval;

/**
 * A share of trials, such as a click rate or a conversion rate.
 *
 * @param successes how many trials succeeded
 * @param trials how many there were
 */
public record Rate(long successes, long trials) {
    /** Refuses no trials, and more successes than trials. */
    public Rate {
        Checks.atLeast(1, "trials", trials);
        Checks.atLeast(0, "successes", successes);
        if (successes > trials) {
            throw new IllegalArgumentException("successes are " + successes + ", more than the " + trials + " trials");
        }
    }

    /** Returns successes by trials. */
    public double value() {
        return (double) successes / trials;
    }

    /**
     * Returns the score interval, which is inside 0 to 1 and holds for few successes too: Wilson, "Probable inference, the
     * law of succession, and statistical inference", JASA 22 (1927), pages 209 to 212.
     */
    public Interval interval() {
        Interval score = Interval.wilson(value(), (double) trials);
        return new Interval(
                successes == 0 ? 0 : Math.max(0, score.low()), successes == trials ? 1 : Math.min(1, score.high()));
    }

    /** Returns the rate with its interval. */
    public Estimate estimate() {
        return new Estimate(value(), interval());
    }

    /**
     * Returns the moments of the trials as values 0 and 1.
     *
     * @throws IllegalArgumentException for fewer than two trials
     */
    public Moments moments() {
        Checks.atLeast(2, "trials", trials);
        return new Moments(trials, value(), value() * (1 - value()) * trials / (trials - 1));
    }
}
