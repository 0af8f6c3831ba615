package dev.recsys.control;

/**
 * All that a host configures, in one place: in memory, in files, or in a database. Each of the three gives the guarantees
 * of its own interface.
 */
public interface Controls {
    /** Returns what knows how lists are made. */
    TenantConfigs configs();

    /** Returns what knows the rules. */
    Rules rules();

    /** Returns what knows the attributes of items. */
    ItemTags items();
}
