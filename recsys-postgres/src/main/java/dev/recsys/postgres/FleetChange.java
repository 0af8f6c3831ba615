package dev.recsys.postgres;

/**
 * That something changed, or shall be asked for anew.
 *
 * @param id its number; grows in about the order in which changes were made
 * @param tenant whose
 * @param surface of which surface; empty for all of the tenant's
 * @param kind what, as in {@link AuditEntry#kind}
 */
public record FleetChange(long id, String tenant, String surface, String kind) {}
