package dev.recsys.postgres;

import java.util.Set;

/**
 * That something changed, or shall be asked for anew.
 *
 * @param id its number; grows in about the order in which changes were made
 * @param tenant whose
 * @param surface of which surface; empty for all of the tenant's
 * @param kind what, as in {@link AuditEntry#kind}
 */
public record FleetChange(long id, String tenant, String surface, String kind) {
    private static final Set<String> OF_RELEASES = Set.of("release", "signals", "invalidate");

    /** Returns whether another release may be current now, so that recommenders should look. */
    public boolean concernsReleases() {
        return OF_RELEASES.contains(kind);
    }
}
