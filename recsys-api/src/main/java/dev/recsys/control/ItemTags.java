package dev.recsys.control;

import dev.recsys.Scope;
import java.util.Optional;

/**
 * Knows the attributes of each tenant's items. Gives the guarantees of {@link TenantConfigs}; the items themselves are
 * gone through once for every version of them and every release, in the background of the first request that meets both.
 */
public interface ItemTags {
    /**
     * Returns the items of a surface, those of its tenant; each item once, in any order. An item that is not among them
     * has no attributes and is available.
     */
    Versioned<? extends Iterable<ItemAttributes>> current(Scope scope);

    /** Returns items as they were once, for replay; may wait for I/O. Empty if they are not kept any more. */
    Optional<? extends Iterable<ItemAttributes>> version(Scope scope, String version);
}
