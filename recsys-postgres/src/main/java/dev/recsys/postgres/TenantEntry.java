package dev.recsys.postgres;

import dev.recsys.control.Tenant;
import java.time.Instant;

/**
 * A tenant in the database.
 *
 * @param name its name
 * @param tenant what holds for it
 * @param createdAt since when it is there
 */
public record TenantEntry(String name, Tenant tenant, Instant createdAt) {}
