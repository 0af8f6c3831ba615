package dev.recsys.serve;

import dev.recsys.Scope;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.ItemTags;
import dev.recsys.control.Versioned;
import java.util.Optional;

/** Nothing is known of any item. */
record NoItems() implements ItemTags {
    @Override
    public Versioned<? extends Iterable<ItemAttributes>> current(Scope scope) {
        return ControlPlane.NOTHING.items();
    }

    @Override
    public Optional<? extends Iterable<ItemAttributes>> version(Scope scope, String version) {
        return Optional.of(current(scope))
                .filter(own -> own.version().equals(version))
                .map(Versioned::value);
    }
}
