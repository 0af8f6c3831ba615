package dev.recsys;

/**
 * Recommends items, in this process and from memory.
 *
 * <p>Guarantees: an answer comes from exactly one release. Once a scope has been loaded, a request does no I/O, takes no
 * lock and waits for nothing. A failing store never fails a request: the last loaded release serves on, and
 * {@link Recommendations#degradations()} says what was less than it should be. The same release, configuration, history
 * and request give the same answer. All methods are safe for concurrent use.
 */
public interface Recommender extends AutoCloseable {
    /**
     * Recommends items for a user, with default settings.
     *
     * @param tenant whose
     * @param surface where they are shown
     * @param user the user's id; a user nobody knows gets what is popular
     * @return the items, best first; see {@link #recommend(RecommendationRequest)}
     * @throws IllegalArgumentException if a name or the id is not valid
     */
    default Recommendations recommend(String tenant, String surface, String user) {
        return recommend(RecommendationRequest.of(tenant, surface).user(user).build());
    }

    /**
     * Recommends what is like an item, with default settings; the same filters and rules hold.
     *
     * @param tenant whose
     * @param surface where they are shown
     * @param itemId the item; one that the release does not know gets what is popular
     * @return the items, most alike first; see {@link #recommend(RecommendationRequest)}
     * @throws IllegalArgumentException if a name or the id is not valid
     */
    default Recommendations similarTo(String tenant, String surface, String itemId) {
        return recommend(
                RecommendationRequest.of(tenant, surface).similarTo(itemId).build());
    }

    /**
     * Recommends items for a request.
     *
     * @param request who asks, where, and what is known about them
     * @return at most {@code k} items in the order in which they are to be shown; fewer only if no more items are eligible
     *     or nothing is loaded, and then a degradation says so
     */
    Recommendations recommend(RecommendationRequest request);

    /** Ends background work within a few seconds; idempotent. Does not close what the caller supplied. */
    @Override
    void close();
}
