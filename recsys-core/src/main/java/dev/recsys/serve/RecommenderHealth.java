package dev.recsys.serve;

import dev.recsys.Scope;
import dev.recsys.internal.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether a process can answer for the surfaces that it is there for: what a readiness probe asks. Traffic may come unless it
 * is {@link State#NOT_READY}. A liveness probe should not ask, for to restart a process brings no store back.
 *
 * @param state the worst of the required surfaces; ready if none is required
 * @param reasons why it is not ready, of each surface that is not, by scope
 */
public record RecommenderHealth(State state, List<Reason> reasons) {
    /** Copies the list. */
    public RecommenderHealth {
        reasons = List.copyOf(reasons);
    }

    /** How good it is, the best first. */
    public enum State {
        /** All that is required serves what the store says, and that is young enough. */
        READY,
        /** All that is required serves, but something that is too old, or that the store has not confirmed lately. */
        STALE,
        /** Of a required surface nothing is loaded: its answers are empty. */
        NOT_READY
    }

    /**
     * Why a surface is not ready.
     *
     * @param scope the surface
     * @param state what it is, never ready
     * @param detail the circumstances, for people; holds no user id
     */
    public record Reason(Scope scope, State state, String detail) {}

    /**
     * Judges required surfaces from what is in memory; asks nothing of the store and waits for nothing. A required surface
     * that is not loaded begins to be, and none of them makes room for others as long as this is asked more often than
     * {@link EmbeddedRecommender.Builder#idleAfter}: without requests it would leave, and so never be ready again. Surfaces
     * of suspended tenants are passed over.
     *
     * @param recommender may be closed, which is not ready
     * @param required the surfaces without which this process should get no traffic
     * @param maxAge how long ago their releases may have been shipped
     * @throws IllegalArgumentException if the age is not positive
     */
    public static RecommenderHealth of(EmbeddedRecommender recommender, Collection<Scope> required, Duration maxAge) {
        Durations.requirePositive("maxAge", maxAge);
        List<Reason> reasons = new ArrayList<>();
        for (Scope scope : new TreeSet<>(required)) {
            recommender
                    .required(scope)
                    .flatMap(status -> reason(status, maxAge, recommender.now()))
                    .ifPresent(reasons::add);
        }
        State worst = reasons.stream()
                .map(Reason::state)
                .max(Comparator.naturalOrder())
                .orElse(State.READY);
        return new RecommenderHealth(worst, reasons);
    }

    private static Optional<Reason> reason(SnapshotStatus status, Duration maxAge, Instant now) {
        String why = status.lastError().orElse("the store has not confirmed it");
        return switch (status.state()) {
            case NOT_READY -> Optional.of(new Reason(status.scope(), State.NOT_READY, why));
            case STALE, LAST_KNOWN_GOOD, BOOTSTRAP ->
                Optional.of(new Reason(status.scope(), State.STALE, word(status) + ": " + why));
            case FRESH ->
                status.releaseAge(now)
                        .filter(age -> age.compareTo(maxAge) > 0)
                        .map(age -> new Reason(
                                status.scope(),
                                State.STALE,
                                "release " + status.revision().orElseThrow().release() + " was shipped " + age + " ago,"
                                        + " more than " + maxAge));
        };
    }

    private static String word(SnapshotStatus status) {
        return switch (status.state()) {
            case LAST_KNOWN_GOOD -> "a local copy serves";
            case BOOTSTRAP -> "the bundled copy serves";
            default -> "the store could not be asked for too long";
        };
    }
}
