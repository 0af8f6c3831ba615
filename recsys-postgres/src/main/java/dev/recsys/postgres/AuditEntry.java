package dev.recsys.postgres;

import java.time.Instant;

/**
 * One change, as the audit has it.
 *
 * @param id grows in about the order in which changes were made
 * @param at when
 * @param tenant whose
 * @param surface of which surface; empty for all of the tenant's
 * @param actor who made it
 * @param kind what was changed: {@code tenant}, {@code config}, {@code rules}, {@code items}, {@code release}, {@code
 *     history}, {@code signals}; {@code invalidate} changes nothing
 * @param action what was done, such as {@code put} or {@code rollback}
 * @param before the version, status or release before; empty if there was none
 * @param after the same afterwards
 * @param reason why
 * @param change names the change, as the handle of an unknown outcome does
 */
public record AuditEntry(
        long id,
        Instant at,
        String tenant,
        String surface,
        String actor,
        String kind,
        String action,
        String before,
        String after,
        String reason,
        String change) {}
