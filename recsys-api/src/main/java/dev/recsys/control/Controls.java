package dev.recsys.control;

import dev.recsys.Scope;
import java.util.Optional;

/**
 * All that a host configures, in one place: in memory, in files, or in a database. Each part gives the guarantees of its
 * own interface.
 */
public interface Controls {
    /** Returns what knows how lists are made. */
    TenantConfigs configs();

    /** Returns what knows the rules. */
    Rules rules();

    /** Returns what knows the attributes of items. */
    ItemTags items();

    /** Returns what knows the tenants. */
    Tenants tenants();

    /**
     * Gets what is configured for a surface, so that it is in memory when requests ask for it. Called in the background
     * before a surface serves, and again and again while it does, of every surface at every look for a new release: cheap
     * when nothing changed. May wait for I/O, but not for ever: a surface does not serve before the first call returned or
     * threw. An exception changes nothing: what is known already holds.
     */
    void prepare(Scope scope);

    /**
     * Returns why what is said of a surface may be out of date, such as that a database does not answer; empty if all is well.
     * For people; every answer carries it meanwhile. Answers from memory.
     */
    Optional<String> problem(Scope scope);
}
