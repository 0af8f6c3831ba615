package dev.recsys.control;

/**
 * The last places of a list that are given to items nobody knows much of yet: {@code floor(share * k)} places, each with
 * an item drawn from the pool, every eligible one that no place before has equally likely. The pool is made of items that
 * the request may be shown, of the 10,000 known least: those without popularity, the newest of them by {@link
 * ItemAttributes#createdAt} first and those without a date by id; then the newest of the others; if there are neither, the
 * least popular ones.
 *
 * @param share the share of the places, 0 to 0.5
 * @param pool how many items are drawn from, 1 to 1000
 */
public record Exploration(double share, int pool) {
    /** No exploration. */
    public static final Exploration NONE = new Exploration(0, 100);

    /** The largest pool. */
    public static final int MAX_POOL = 1_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public Exploration {
        if (!(share >= 0 && share <= 0.5)) {
            throw new IllegalArgumentException("exploration.share is " + share + "; expected a number from 0 to 0.5");
        }
        share += 0.0; // no negative zero
        if (pool < 1 || pool > MAX_POOL) {
            throw new IllegalArgumentException("exploration.pool is " + pool + "; expected 1 to " + MAX_POOL);
        }
    }
}
