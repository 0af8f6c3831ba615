package dev.recsys.micrometer;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.Recommendations;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The meters that have the same tags of tenant and surface, ready to be counted up. */
final class ScopeMeters {
    /** Stands for what has no tags of its own; no tenant and no surface can be called so. */
    static final String OTHER = "_other";

    private static final Duration[] LATENCIES = {
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2_500),
    };

    private final MeterRegistry registry;
    private final Tags tags;
    private final Queue<Meter> meters = new ConcurrentLinkedQueue<>(); // to be removed together
    private final Counter filled;
    private final Counter empty;
    private final Counter suspended;
    private final Timer latency;
    private final DistributionSummary items;
    private final Map<Kind, Counter> degradations = new ConcurrentHashMap<>(); // those that were seen
    private final Variants variants;
    private final Timer loads;
    private final Counter loadFailures;
    private volatile boolean hasLoaded;

    /**
     * Registers what there is from the start.
     *
     * @param key by which standings tell this group of surfaces
     */
    ScopeMeters(MeterRegistry registry, Tags tags, Object key, Standings standings) {
        this.registry = registry;
        this.tags = tags;
        this.filled = counter("recsys.requests", "Answers", "result", "items");
        this.empty = counter("recsys.requests", "Answers", "result", "empty");
        this.suspended = counter("recsys.requests", "Answers", "result", "suspended");
        this.latency = kept(Timer.builder("recsys.request.latency")
                .description("How long answers took")
                .tags(tags)
                .serviceLevelObjectives(LATENCIES)
                .register(registry));
        this.items = kept(DistributionSummary.builder("recsys.request.items")
                .description("How many items answers had")
                .tags(tags)
                .register(registry));
        this.variants = new Variants(this);
        this.loads = kept(Timer.builder("recsys.load.duration")
                .description("Loads of another revision")
                .tags(tags)
                .register(registry));
        this.loadFailures = counter("recsys.load.failures", "Polls that failed");
        meters.addAll(StandingGauges.register(registry, tags, key, standings));
    }

    /** Returns a counter of this group with further tags. */
    Counter counter(String name, String description, String... more) {
        return kept(Counter.builder(name)
                .description(description)
                .tags(tags.and(more))
                .register(registry));
    }

    private <M extends Meter> M kept(M meter) {
        meters.add(meter);
        return meter;
    }

    /** Counts an answer. */
    void answered(Recommendations answer, long latencyNanos) {
        count(answer.degradations());
        resultOf(answer).increment();
        items.record(answer.items().size());
        latency.record(latencyNanos, TimeUnit.NANOSECONDS);
        if (answer.assignment().isPresent()) {
            variants.of(answer.assignment().get()).increment();
        }
    }

    private Counter resultOf(Recommendations answer) {
        if (!answer.items().isEmpty()) {
            return filled;
        }
        return isSuspended(answer.degradations()) ? suspended : empty;
    }

    private static boolean isSuspended(List<Degradation> found) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).kind() == Kind.TENANT_SUSPENDED) {
                return true;
            }
        }
        return false;
    }

    /** Counts each kind once: they are in order, so that the same stand together. By index, for an iterator is garbage. */
    private void count(List<Degradation> found) {
        for (int i = 0; i < found.size(); i++) {
            Kind kind = found.get(i).kind();
            if (i == 0 || found.get(i - 1).kind() != kind) {
                degradation(kind).increment();
            }
        }
    }

    private Counter degradation(Kind kind) {
        Counter known = degradations.get(kind);
        if (known != null) {
            return known;
        }
        Counter added = counter(
                "recsys.degradations",
                "Answers that had it",
                "kind",
                kind.name().toLowerCase(Locale.ROOT));
        degradations.put(kind, added); // of two threads both get the same from the registry
        return added;
    }

    /** Counts a revision that was loaded. */
    void loaded(Duration took) {
        hasLoaded = true;
        loads.record(took);
    }

    /** Returns whether anything was ever loaded. */
    boolean hasLoaded() {
        return hasLoaded;
    }

    /** Counts a poll that failed. */
    void loadFailed() {
        loadFailures.increment();
    }

    /** Removes all from the registry. */
    void remove() {
        meters.forEach(registry::remove);
    }
}
