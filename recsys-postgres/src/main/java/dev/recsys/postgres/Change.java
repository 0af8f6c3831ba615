package dev.recsys.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * One change, as the audit has it; writing it there also tells the fleet.
 *
 * @param id names the change
 * @param tenant whose
 * @param surface of which surface; empty for all
 * @param kind what was changed, a kind of the table {@code audit}
 * @param action what was done
 * @param by who did it and why
 */
record Change(UUID id, String tenant, String surface, String kind, String action, Author by) {
    /**
     * Who does something, and why.
     *
     * @param actor who
     * @param reason why
     */
    record Author(String actor, String reason) {}

    /** Records the change, with what was before and what is after it. */
    void audit(Connection connection, String before, String after) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into recsys.audit (tenant, surface, actor, kind, action, before, after, reason, change)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, tenant);
            insert.setString(2, surface);
            insert.setString(3, by.actor());
            insert.setString(4, kind);
            insert.setString(5, action);
            insert.setString(6, before);
            insert.setString(7, after);
            insert.setString(8, by.reason());
            insert.setObject(9, id);
            insert.executeUpdate();
        }
    }
}
