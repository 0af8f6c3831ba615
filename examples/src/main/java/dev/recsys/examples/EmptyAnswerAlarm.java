package dev.recsys.examples;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.serve.RecommenderListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts the answers of each surface, and raises an alarm when too many of a window of them are empty: the sign of a bad
 * release that no exception shows. Judges each window when it is full. Safe for concurrent use, without a lock.
 */
public final class EmptyAnswerAlarm implements RecommenderListener {
    private final int window;
    private final double threshold;
    private final Consumer<String> alarm;
    private final Map<Scope, AtomicLong> counts = new ConcurrentHashMap<>(); // empties << 32 | requests

    /**
     * Creates an alarm that has counted nothing.
     *
     * @param window how many answers to judge together, at least 1
     * @param threshold the share of empty answers that is too much, more than 0 and at most 1
     * @param alarm receives one sentence for people; called on the requesting thread
     */
    public EmptyAnswerAlarm(int window, double threshold, Consumer<String> alarm) {
        if (window < 1 || !(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("window is " + window + " and threshold " + threshold
                    + "; expected at least 1, and more than 0 and at most 1");
        }
        this.window = window;
        this.threshold = threshold;
        this.alarm = alarm;
    }

    @Override
    public void onRequest(RecommendationRequest request, Recommendations recommendations, long latencyNanos) {
        Scope scope = recommendations.scope();
        long one = recommendations.items().isEmpty() ? 1L << 32 | 1 : 1;
        long counted = counts.computeIfAbsent(scope, unseen -> new AtomicLong())
                .updateAndGet(before -> requests(before) == window ? one : before + one);
        if (requests(counted) == window && empties(counted) >= threshold * window) {
            alarm.accept(empties(counted) + " of the last " + window + " answers of " + scope
                    + " are empty, release " + recommendations.release() + ". Look at the history, and roll back if a"
                    + " ship did it.");
        }
    }

    private static int requests(long counted) {
        return (int) counted;
    }

    private static int empties(long counted) {
        return (int) (counted >>> 32);
    }
}
