package dev.recsys.micrometer;

import dev.recsys.Scope;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.SnapshotStatus;
import io.micrometer.core.instrument.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * How all surfaces of all recommenders stand. A scrape reads many gauges; recommenders are asked once for all of them, at
 * most once a second.
 */
final class Standings {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Standing NOBODY = new Standing();

    private final Clock clock;
    private final List<EmbeddedRecommender> recommenders = new CopyOnWriteArrayList<>();
    private volatile Function<Scope, Object> groups = scope -> scope;
    private Map<Object, Standing> byGroup = Map.of();
    private long askedAtNanos;
    private boolean isOld = true;

    Standings(Clock clock) {
        this.clock = clock;
    }

    /** Says to which group a scope belongs. */
    void groupBy(Function<Scope, Object> other) {
        groups = other;
    }

    synchronized void add(EmbeddedRecommender recommender) {
        recommenders.add(recommender);
        isOld = true;
    }

    synchronized void remove(EmbeddedRecommender recommender) {
        recommenders.remove(recommender);
        isOld = true;
    }

    /** Returns whether a recommender has a surface, loaded or not. */
    boolean isAnywhere(Scope scope) {
        return recommenders.stream()
                .anyMatch(recommender -> recommender.statuses().stream()
                        .anyMatch(status -> status.scope().equals(scope)));
    }

    /** Returns how a group stands, or stood less than a second ago. */
    synchronized Standing of(Object group) {
        long now = clock.monotonicTime();
        if (isOld || now - askedAtNanos >= SECOND_NANOS) {
            byGroup = ask();
            askedAtNanos = now;
            isOld = false;
        }
        return byGroup.getOrDefault(group, NOBODY);
    }

    private Map<Object, Standing> ask() {
        Instant now = Instant.ofEpochMilli(clock.wallTime());
        Map<Object, Standing> asked = new HashMap<>();
        for (EmbeddedRecommender recommender : recommenders) {
            for (SnapshotStatus status : recommender.statuses()) {
                Object group = groups.apply(status.scope());
                asked.computeIfAbsent(group, unseen -> new Standing()).add(status, now);
            }
        }
        return asked;
    }
}
