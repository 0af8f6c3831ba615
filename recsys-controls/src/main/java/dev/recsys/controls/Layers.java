package dev.recsys.controls;

import dev.recsys.Scope;
import dev.recsys.control.Versioned;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is in force: of a surface, else of its tenant, else for all. To look at it takes no lock.
 */
final class Layers<T> {
    private final Map<Place, Versioned<T>> values = new ConcurrentHashMap<>();
    private final Versioned<T> forAll;

    Layers(Versioned<T> forAll) {
        this.forAll = forAll;
    }

    Versioned<T> current(Scope scope) {
        return current(Place.of(scope));
    }

    /** Returns what a reader of a place sees, which may come from above it. */
    Versioned<T> current(Place place) {
        Versioned<T> own = values.get(place);
        if (own != null) {
            return own;
        }
        return place.isSurface() ? current(place.tenantWide()) : forAll;
    }

    /** Puts a value in force, unless it is already: the object stays the same while its version does. */
    void put(Place place, Versioned<T> value) {
        values.compute(
                place, (any, before) -> before != null && before.version().equals(value.version()) ? before : value);
    }

    void remove(Place place) {
        values.remove(place);
    }
}
