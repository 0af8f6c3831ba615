package dev.recsys.micrometer;

import dev.recsys.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which surface has which meters. So many surfaces have their own; all others share those of {@link ScopeMeters#OTHER}. A
 * request looks here by its scope, without a lock and without making anything.
 */
final class ScopeTable {
    private final int most;
    private final boolean hasTenants;
    private final MeterRegistry registry;
    private final Standings standings;
    private final Map<Object, ScopeMeters> own =
            new ConcurrentHashMap<>(); // [scope, or surface where tenants are left out]
    private volatile @Nullable ScopeMeters other;

    ScopeTable(int most, boolean hasTenants, MeterRegistry registry, Standings standings) {
        this.most = most;
        this.hasTenants = hasTenants;
        this.registry = registry;
        this.standings = standings;
        standings.groupBy(scope -> own.containsKey(key(scope)) ? key(scope) : ScopeMeters.OTHER);
    }

    /** Returns the meters that count for a scope, which are made if need be and may be. */
    ScopeMeters of(Scope scope) {
        ScopeMeters known = own.get(key(scope));
        if (known != null) {
            return known;
        }
        ScopeMeters shared = other; // made when there was no room
        return shared != null && own.size() >= most ? shared : make(scope);
    }

    /** As {@link #of}, for a scope of which something is loaded: it takes the place of one of which nothing ever was. */
    ScopeMeters ofLoaded(Scope scope) {
        ScopeMeters found = of(scope);
        return found == other ? replaceOne(scope, found) : found;
    }

    /** Removes the meters of a scope that left; where tenants are left out, others may be behind the same. */
    synchronized void remove(Scope scope) {
        if (hasTenants) {
            removeKey(scope);
        }
    }

    private Object key(Scope scope) {
        return hasTenants ? scope : scope.surface();
    }

    private synchronized ScopeMeters make(Scope scope) {
        Object key = key(scope);
        ScopeMeters known = own.get(key);
        if (known != null) {
            return known;
        }
        if (own.size() < most) {
            ScopeMeters added = new ScopeMeters(registry, tags(scope.tenant(), scope.surface()), key, standings);
            own.put(key, added);
            return added;
        }
        ScopeMeters shared = other;
        if (shared == null) {
            Tags tags = tags(ScopeMeters.OTHER, ScopeMeters.OTHER);
            shared = new ScopeMeters(registry, tags, ScopeMeters.OTHER, standings);
            other = shared;
        }
        return shared;
    }

    private synchronized ScopeMeters replaceOne(Scope scope, ScopeMeters shared) {
        for (Map.Entry<Object, ScopeMeters> entry : own.entrySet()) {
            if (!entry.getValue().hasLoaded()) {
                removeKey(entry.getKey());
                return make(scope);
            }
        }
        return shared;
    }

    private void removeKey(Object key) {
        ScopeMeters removed = own.remove(key);
        if (removed != null) {
            removed.remove();
        }
    }

    private Tags tags(String tenant, String surface) {
        return hasTenants ? Tags.of("tenant", tenant, "surface", surface) : Tags.of("surface", surface);
    }
}
