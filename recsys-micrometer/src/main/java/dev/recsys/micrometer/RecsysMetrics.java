package dev.recsys.micrometer;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.log.LogStats;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.RecommenderListener;
import dev.recsys.serve.SnapshotStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Puts what recommenders and logs do into a meter registry: a listener of one recommender or several, which needs to be told
 * of nothing else.
 *
 * <ul>
 *   <li>Counted are requests by result, their latency and items, degradations, variants, loads and failures, for each surface.
 *   <li>Read at each scrape, from statuses that are at most a second old, are the state of each surface, the ages of its
 *       release and of its data, the time since the store was asked, and its memory. What is not known is NaN.
 *   <li>Tags are tenant, surface, and words of this library; of experiments the names of the first
 *       {@value Variants#MOST} variants of a surface. Never a user, an item or the id of a request.
 *   <li>Surfaces beyond {@link Builder#maxScopes} share meters, whose tags are {@value ScopeMeters#OTHER}. One that has something
 *       loaded takes the place of one that never had.
 *   <li>The meters of a surface that made room for others go, and begin at zero if it comes back.
 *   <li>A request takes no lock and allocates nothing here, once its surface has meters.
 * </ul>
 *
 * <p>Names and tags are listed in the reference. Safe for concurrent use.
 */
public final class RecsysMetrics implements RecommenderListener {
    private final MeterRegistry registry;
    private final Standings standings;
    private final ScopeTable table;
    private final Map<String, LogSource> logs = new ConcurrentHashMap<>(); // meters hold them weakly

    private RecsysMetrics(Builder builder) {
        this.registry = builder.registry;
        this.standings = new Standings(registry.config().clock());
        this.table = new ScopeTable(builder.maxScopes, builder.hasTenants, registry, standings);
    }

    /** Starts with the registry that meters go to; its clock is the time by which ages are told. */
    public static Builder builder(MeterRegistry registry) {
        return new Builder(registry);
    }

    /** Returns metrics with the settings that hold by default. */
    public static RecsysMetrics on(MeterRegistry registry) {
        return builder(registry).build();
    }

    /** Collects how surfaces are told apart; not safe for concurrent use. */
    public static final class Builder {
        private final MeterRegistry registry;
        private int maxScopes = 1_000;
        private boolean hasTenants = true;

        private Builder(MeterRegistry registry) {
            this.registry = registry;
        }

        /**
         * Sets how many surfaces have meters of their own, by default 1,000; each has about 40 series in Prometheus.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxScopes(int scopes) {
            if (scopes < 1) {
                throw new IllegalArgumentException("maxScopes is " + scopes + "; expected at least 1");
            }
            this.maxScopes = scopes;
            return this;
        }

        /** Leaves the tag of the tenant out: meters are those of a surface of all tenants, of ages the worst. */
        public Builder withoutTenants() {
            this.hasTenants = false;
            return this;
        }

        /** Returns the metrics, which have no meters of surfaces yet. */
        public RecsysMetrics build() {
            return new RecsysMetrics(this);
        }
    }

    /**
     * Puts what becomes of a log's records into the registry. Another log of the same name takes the place of the one before,
     * and counts from its own beginning.
     *
     * @param name the value of the tag {@code log}, such as {@code exposures}
     * @param stats asked at each scrape, such as {@code sink::stats}
     */
    public void log(String name, Supplier<LogStats> stats) {
        LogSource made = new LogSource(stats);
        LogSource known = logs.putIfAbsent(name, made);
        if (known == null) {
            LogMeters.register(registry, name, made);
        } else {
            known.replaceBy(stats);
        }
    }

    @Override
    public void onStarted(EmbeddedRecommender recommender) {
        standings.add(recommender);
    }

    @Override
    public void onRequest(RecommendationRequest request, Recommendations recommendations, long latencyNanos) {
        table.of(recommendations.scope()).answered(recommendations, latencyNanos);
    }

    @Override
    public void onLoaded(SnapshotStatus status, Duration took) {
        table.ofLoaded(status.scope()).loaded(took);
    }

    @Override
    public void onPolled(SnapshotStatus status) {
        table.of(status.scope());
    }

    @Override
    public void onLoadFailed(Scope scope, Throwable failure) {
        table.of(scope).loadFailed();
    }

    @Override
    public void onLeft(Scope scope) {
        remove(scope);
    }

    @Override
    public void onClosed(EmbeddedRecommender recommender) {
        standings.remove(recommender);
        recommender.statuses().forEach(status -> remove(status.scope()));
    }

    /** Another recommender may have the surface too. */
    private void remove(Scope scope) {
        if (!standings.isAnywhere(scope)) {
            table.remove(scope);
        }
    }
}
