package dev.recsys.serve;

import dev.recsys.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The surfaces a recommender was asked for; bounded, for names may come from outside. */
final class Surfaces {
    private final Map<Scope, Surface> byScope = new ConcurrentHashMap<>();
    private final Refresher refresher;
    private final Idleness idleness;
    private final int most;
    private final Listeners listeners;

    Surfaces(Refresher refresher, Idleness idleness, int most, Listeners listeners) {
        this.refresher = refresher;
        this.idleness = idleness;
        this.most = most;
        this.listeners = listeners;
    }

    /** Returns a surface, which is made if need be and polled from now on; empty if there is no room for another. */
    Optional<Surface> get(Scope scope, Function<Scope, Surface> factory) {
        Surface known = byScope.get(scope);
        if (known != null) {
            return Optional.of(known);
        }
        List<Surface> leaving = new ArrayList<>();
        try {
            return add(scope, factory, leaving);
        } finally {
            leaving.forEach(this::stop); // without the lock: it completes what callers wait for
        }
    }

    Optional<Surface> known(Scope scope) {
        return Optional.ofNullable(byScope.get(scope));
    }

    Collection<Surface> all() {
        return List.copyOf(byScope.values());
    }

    /** Returns what all have loaded. */
    long heapBytes() {
        return byScope.values().stream().mapToLong(Surface::heapBytes).sum();
    }

    /** Returns those that may leave, longest unused first. */
    List<Surface> loadedAndIdle() {
        return idleness.loadedAndIdle(byScope.values());
    }

    /** Lets go of a surface and of what it has loaded: the next request for its scope finds a new one. */
    void forget(Surface surface) {
        byScope.remove(surface.scope(), surface);
        surface.leave();
    }

    /** Ends the polls of a surface that was forgotten, and tells of it. */
    void stop(Surface surface) {
        refresher.stop(surface);
        listeners.left(surface.scope());
    }

    private synchronized Optional<Surface> add(Scope scope, Function<Scope, Surface> factory, List<Surface> leaving) {
        Surface known = byScope.get(scope);
        if (known != null) {
            return Optional.of(known);
        }
        if (byScope.size() >= most && !removeOne(leaving)) {
            return Optional.empty();
        }
        Surface added = factory.apply(scope);
        byScope.put(scope, added);
        refresher.start(added);
        return Optional.of(added);
    }

    private boolean removeOne(List<Surface> leaving) {
        Optional<Surface> one = byScope.values().stream()
                .filter(surface ->
                        surface.snapshot() == null && surface.firstPoll().isDone())
                .min(Comparator.comparingLong(Surface::usedAtNanos))
                .or(() -> loadedAndIdle().stream().findFirst());
        one.ifPresent(surface -> {
            forget(surface);
            leaving.add(surface);
        });
        return one.isPresent();
    }
}
