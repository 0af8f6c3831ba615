package dev.recsys.serve;

import dev.recsys.Scope;
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
    private final Function<Scope, Surface> factory;
    private final Refresher refresher;
    private final int most;

    Surfaces(Function<Scope, Surface> factory, Refresher refresher, int most) {
        this.factory = factory;
        this.refresher = refresher;
        this.most = most;
    }

    /** Returns a surface, which is polled from now on; empty if there is no room for another. */
    Optional<Surface> get(Scope scope) {
        Surface known = byScope.get(scope);
        return known != null ? Optional.of(known) : add(scope);
    }

    Optional<Surface> known(Scope scope) {
        return Optional.ofNullable(byScope.get(scope));
    }

    Collection<Surface> all() {
        return List.copyOf(byScope.values());
    }

    private synchronized Optional<Surface> add(Scope scope) {
        Surface known = byScope.get(scope);
        if (known != null) {
            return Optional.of(known);
        }
        if (byScope.size() >= most && !removeIdle()) {
            return Optional.empty();
        }
        Surface added = factory.apply(scope);
        byScope.put(scope, added);
        refresher.start(added);
        return Optional.of(added);
    }

    private boolean removeIdle() {
        Optional<Surface> idle = byScope.values().stream()
                .filter(surface ->
                        surface.snapshot() == null && surface.firstPoll().isDone())
                .min(Comparator.comparingLong(Surface::usedAtNanos));
        idle.ifPresent(surface -> {
            byScope.remove(surface.scope());
            refresher.stop(surface);
        });
        return idle.isPresent();
    }
}
