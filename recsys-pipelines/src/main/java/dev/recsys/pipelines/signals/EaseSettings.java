package dev.recsys.pipelines.signals;

/**
 * The constants of EASE.
 *
 * @param lambda the regularisation: how many users' worth of evidence a pair has to have, more than 0, at most 1e9
 * @param maxItems the largest catalogue that is taken, 1 to 100,000; the memory grows with its square
 */
public record EaseSettings(double lambda, int maxItems) {
    /** 250; 30,000 items, which take 3.6 GB. */
    public static final EaseSettings DEFAULT = new EaseSettings(250, 30_000);

    private static final int MOST_ITEMS = 100_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public EaseSettings {
        if (!(lambda > 0 && lambda <= 1e9)) {
            throw new IllegalArgumentException("lambda is " + lambda + "; expected more than 0, at most 1e9");
        }
        if (maxItems < 1 || maxItems > MOST_ITEMS) {
            throw new IllegalArgumentException("max-items is " + maxItems + "; expected 1 to " + MOST_ITEMS);
        }
    }
}
