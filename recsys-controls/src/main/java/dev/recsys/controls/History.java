package dev.recsys.controls;

import dev.recsys.ConflictException;
import dev.recsys.Scope;
import dev.recsys.control.Versioned;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is in force, and what was in force before, of every place the newest so many. Safe for concurrent use. */
final class History<T> implements Source<T> {
    private final String what;
    private final Layers<T> layers;
    private final Versioned<T> forAll;
    private final int kept;
    private final Map<Place, LinkedHashMap<String, T>> past = new HashMap<>(); // by version, the oldest first

    /**
     * Starts with nothing but what holds for all.
     *
     * @param what what it is, for messages
     * @param kept how many versions of a place are kept, at least 1
     */
    History(String what, Versioned<T> forAll, int kept) {
        this.what = what;
        this.layers = new Layers<>(forAll);
        this.forAll = forAll;
        this.kept = kept;
    }

    @Override
    public Versioned<T> current(Scope scope) {
        return layers.current(scope);
    }

    @Override
    public synchronized Optional<T> version(Scope scope, String version) {
        Place place = Place.of(scope);
        return version(place, version)
                .or(() -> version(place.tenantWide(), version))
                .or(() -> Optional.of(forAll.value())
                        .filter(any -> forAll.version().equals(version)));
    }

    private Optional<T> version(Place place, String version) {
        return Optional.ofNullable(
                past.getOrDefault(place, new LinkedHashMap<>()).get(version));
    }

    /** Puts a value in force and returns its version. */
    synchronized String put(Place place, Versioned<T> value) {
        layers.put(place, value);
        LinkedHashMap<String, T> versions = past.computeIfAbsent(place, any -> new LinkedHashMap<>());
        versions.remove(value.version()); // so that it becomes the newest
        versions.put(value.version(), layers.current(place).value());
        if (versions.size() > kept) {
            versions.remove(versions.keySet().iterator().next());
        }
        return value.version();
    }

    /**
     * Puts a value in force if a reader of the place sees the given version now.
     *
     * @throws ConflictException if another is in force
     */
    synchronized String put(Place place, Versioned<T> value, String ifMatch) {
        String found = layers.current(place).version();
        if (!found.equals(ifMatch)) {
            throw new ConflictException(what + " of " + place + " was not replaced: expected version " + ifMatch
                    + " in force, found " + found + ". Read what is in force, change that, and put it again.");
        }
        return put(place, value);
    }

    /** Replaces a value by one that is made of it, with nobody in between. */
    synchronized String update(Place place, Function<T, Versioned<T>> change) {
        return put(place, change.apply(layers.current(place).value()));
    }
}
