package dev.recsys.control;

/**
 * What may be done for a tenant, and where its recommendations come from.
 *
 * @param status whether it may be served
 * @param serving where its recommendations come from
 */
public record Tenant(Status status, Serving serving) {
    /** Served, out of artifacts: what a tenant is of whom nothing is said. */
    public static final Tenant ACTIVE = new Tenant(Status.ACTIVE, Serving.ARTIFACTS);

    /** Whether a tenant may be served. */
    public enum Status {
        /** It is served, and its builds are shipped. */
        ACTIVE,
        /** Its requests get empty answers that say so, and its builds are refused. */
        SUSPENDED
    }

    /** Where recommendations come from. */
    public enum Serving {
        /** From releases of artifacts in an object store. */
        ARTIFACTS,
        /** From the sums of days in tables of a database. */
        TABLES
    }
}
