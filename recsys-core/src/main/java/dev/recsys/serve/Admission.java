package dev.recsys.serve;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.internal.Standings;
import dev.recsys.internal.Standings.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Who is served, and what those get who are not. Of a suspended tenant there need be no surface whose polls would let the
 * control plane hear that it is active again, so the control plane is told to look from here, once an interval.
 */
final class Admission {
    private final Standings standings;
    private final Preparation preparation;
    private final LongSupplier nanoTime;
    private final long intervalNanos;
    private final Executor background;
    private final Map<String, AtomicLong> due = new ConcurrentHashMap<>(); // by suspended tenant

    Admission(ControlPlane controls, LongSupplier nanoTime, Duration interval, Executor background) {
        this.standings = new Standings(controls.tenants());
        this.preparation = new Preparation(controls);
        this.nanoTime = nanoTime;
        this.intervalNanos = interval.toNanos();
        this.background = background;
    }

    /** Returns what holds for the tenant of a surface, from memory. */
    Standing standing(Scope scope) {
        return standings.of(scope);
    }

    /** Notes that what is known of a tenant is only what was known last, if so. */
    static void addTo(List<Degradation> degradations, Standing standing) {
        if (standing.failure().isPresent()) {
            degradations.add(ControlPlane.failed("tenants", standing.failure().get()));
        }
    }

    /** Returns the answer to a suspended tenant's request: empty, and made of nothing. */
    Recommendations suspended(Scope scope, Standing standing) {
        lookLater(scope);
        List<Degradation> degradations = new ArrayList<>();
        degradations.add(new Degradation(
                Kind.TENANT_SUSPENDED, "tenant " + scope.tenant() + " is suspended; activate it to serve it again"));
        addTo(degradations, standing);
        return new Recommendations(scope, 0, 0, 0, Recommendations.Versions.NONE, List.of(), degradations);
    }

    private void lookLater(Scope scope) {
        long now = nanoTime.getAsLong();
        AtomicLong next = due.computeIfAbsent(scope.tenant(), any -> new AtomicLong(now));
        long dueNanos = next.get();
        if (now - dueNanos < 0 || !next.compareAndSet(dueNanos, now + intervalNanos)) {
            return;
        }
        try {
            background.execute(() -> preparation.of(scope));
        } catch (RejectedExecutionException e) {
            next.set(dueNanos); // closed meanwhile
        }
    }
}
