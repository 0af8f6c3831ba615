package dev.recsys.controls;

import dev.recsys.Scope;
import dev.recsys.control.Versioned;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is in force: of a surface, else of its tenant, else for all. To look at it takes no lock and makes nothing, for every
 * request does.
 */
final class Layers<T> {
    private final Map<String, Map<String, Versioned<T>>> values = new ConcurrentHashMap<>(); // by tenant, by surface
    private final Versioned<T> forAll;

    Layers(Versioned<T> forAll) {
        this.forAll = forAll;
    }

    Versioned<T> current(Scope scope) {
        return current(scope.tenant(), scope.surface());
    }

    /** Returns what a reader of a place sees, which may come from above it. */
    Versioned<T> current(Place place) {
        return current(place.tenant(), place.surface());
    }

    private Versioned<T> current(String tenant, String surface) {
        Map<String, Versioned<T>> ofTenant = values.get(tenant);
        if (ofTenant == null) {
            return forAll;
        }
        Versioned<T> own = ofTenant.get(surface);
        return own == null ? ofTenant.getOrDefault(Place.WHOLE_TENANT, forAll) : own;
    }

    /** Puts a value in force, unless it is already: the object stays the same while its version does. */
    void put(Place place, Versioned<T> value) {
        values.computeIfAbsent(place.tenant(), any -> new ConcurrentHashMap<>())
                .compute(
                        place.surface(),
                        (any, before) -> before != null && before.version().equals(value.version()) ? before : value);
    }

    void remove(Place place) {
        Map<String, Versioned<T>> ofTenant = values.get(place.tenant());
        if (ofTenant != null) {
            ofTenant.remove(place.surface());
        }
    }
}
