package dev.recsys.serve;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import java.time.Duration;

/**
 * Told what a recommender does; the place to count and to measure. Methods are called on the recommender's threads, and
 * {@link #onRequest} on the requesting one: return at once. An exception is logged and changes nothing.
 */
public interface RecommenderListener {
    /** A recommender was built that tells this listener; the place to keep it, to ask for its statuses. */
    default void onStarted(EmbeddedRecommender recommender) {}

    /**
     * A request was answered. An empty answer, {@code recommendations.items().isEmpty()}, is what to count and to alarm on.
     *
     * @param request the request; it may hold a user's id, which does not belong into logs or metrics
     * @param recommendations its answer
     * @param latencyNanos the time it took
     */
    default void onRequest(RecommendationRequest request, Recommendations recommendations, long latencyNanos) {}

    /**
     * Another revision serves now.
     *
     * @param status the status with it
     * @param took the time it took to load
     */
    default void onLoaded(SnapshotStatus status, Duration took) {}

    /** The store was asked, with or without success: the moment to report the age of the release and the lag. */
    default void onPolled(SnapshotStatus status) {}

    /**
     * A poll failed; what was loaded before serves on.
     *
     * @param scope whose
     * @param failure why
     */
    default void onLoadFailed(Scope scope, Throwable failure) {}

    /**
     * A surface made room for others: nothing of it is loaded, and it is not polled. A later request lets it come back. May
     * be called beside the other methods for the same scope, also before one that came first.
     */
    default void onLeft(Scope scope) {}

    /** A recommender was closed; what is asked of it from now on is what it had last. */
    default void onClosed(EmbeddedRecommender recommender) {}
}
