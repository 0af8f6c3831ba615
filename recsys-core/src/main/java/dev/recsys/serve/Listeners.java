package dev.recsys.serve;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls every listener, and keeps their failures away from the recommender. */
final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRecommender.class);

    private final RecommenderListener[] listeners;
    private final AtomicBoolean reported = new AtomicBoolean();

    Listeners(List<RecommenderListener> listeners) {
        this.listeners = listeners.toArray(RecommenderListener[]::new);
    }

    void request(RecommendationRequest request, Recommendations recommendations, long latencyNanos) {
        if (listeners.length > 0) {
            tell(listener -> listener.onRequest(request, recommendations, latencyNanos));
        }
    }

    void loaded(SnapshotStatus status, Duration took) {
        tell(listener -> listener.onLoaded(status, took));
    }

    void polled(SnapshotStatus status) {
        tell(listener -> listener.onPolled(status));
    }

    void loadFailed(Scope scope, Throwable failure) {
        tell(listener -> listener.onLoadFailed(scope, failure));
    }

    void started(EmbeddedRecommender recommender) {
        tell(listener -> listener.onStarted(recommender));
    }

    void left(Scope scope) {
        tell(listener -> listener.onLeft(scope));
    }

    void closed(EmbeddedRecommender recommender) {
        tell(listener -> listener.onClosed(recommender));
    }

    private void tell(Consumer<RecommenderListener> call) {
        for (RecommenderListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (Throwable e) { // an Error too: nothing of a listener's may end a poll or cost an answer
                if (reported.compareAndSet(false, true)) {
                    log.warn("a recommender listener failed; further failures of listeners are not logged", e);
                }
            }
        }
    }
}
