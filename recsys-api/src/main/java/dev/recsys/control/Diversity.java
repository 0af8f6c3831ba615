package dev.recsys.control;

/**
 * Maximal marginal relevance: the next item is the one with the highest {@code lambda * score / sum of the weights - (1 -
 * lambda) * likeness}, where likeness is that to the most similar item chosen before. Carbonell, Goldstein: The Use of MMR, SIGIR
 * 1998, equation 1. Two items are as alike as the Jaccard index of their brand, categories and tags. The order in which
 * items are chosen is the order of the list.
 *
 * @param lambda 1 for the scores alone, 0 for difference alone
 * @param pool how many of the best items are considered, 1 to 1000; at least k are
 */
public record Diversity(double lambda, int pool) {
    /** The scores alone. */
    public static final Diversity NONE = new Diversity(1, 100);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public Diversity {
        if (!(lambda >= 0 && lambda <= 1)) {
            throw new IllegalArgumentException("diversity.lambda is " + lambda + "; expected a number from 0 to 1");
        }
        lambda += 0.0; // no negative zero
        if (pool < 1 || pool > 1_000) {
            throw new IllegalArgumentException("diversity.pool is " + pool + "; expected 1 to 1000");
        }
    }
}
