package dev.recsys.postgres;

import dev.recsys.controls.Place;
import dev.recsys.postgres.Change.Author;
import dev.recsys.postgres.Forgotten.Shipped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Removes what a person did, and marks the person so that nothing of it comes back, in one transaction. */
final class Erasure {
    private final Transactions transactions;
    private final OutcomeBounds bounds;

    Erasure(Transactions transactions, OutcomeBounds bounds) {
        this.transactions = transactions;
        this.bounds = bounds;
    }

    /**
     * What was deleted.
     *
     * @param rows how many
     * @param first the time of the oldest
     */
    private record Deleted(long rows, Optional<Instant> first) {}

    /**
     * Forgets a person.
     *
     * @param name the tenant
     * @param users the person's id, and the names that stand for it in logs
     * @throws IllegalArgumentException if tenant, user, actor or reason is not one
     */
    Forgotten forget(String name, List<String> users, String actor, String reason) {
        if (users.isEmpty() || !users.stream().allMatch(OutcomeBounds::isUser)) {
            throw new IllegalArgumentException("user is not one: expected 1 to 800 bytes of text");
        }
        String tenant = Place.of(name).tenant();
        Author author = new Author(Remarks.require("by", actor), Remarks.require("reason", reason));
        Change change = new Change(UUID.randomUUID(), tenant, "", "history", "forget", author);
        return transactions.write(tenant, change.id(), "Forgetting a user of tenant " + tenant, connection -> {
            lock(connection, tenant);
            Mark mark = mark(connection, tenant, users);
            Deleted deleted = delete(connection, tenant, users);
            long logged = deleteLogged(connection, LogTable.EXPOSURE, tenant, users)
                    + deleteLogged(connection, LogTable.OUTCOME, tenant, users);
            String also = logged == 0 ? "" : " and " + logged + " logged lines";
            change.audit(connection, "", deleted.rows() + " interactions" + also + " removed");
            List<Shipped> shipped = deleted.first().isEmpty()
                    ? List.of()
                    : shippedSince(connection, tenant, deleted.first().get());
            return new Forgotten(mark.at(), deleted.rows(), logged, mark.until(), shipped);
        });
    }

    /** Waits until nobody writes for the tenant, and keeps those who come waiting. */
    private static void lock(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(recsys.history_lock(?))")) {
            lock.setString(1, tenant);
            lock.execute();
        }
    }

    /**
     * The mark of who is forgotten.
     *
     * @param at up to when
     * @param until how long the mark stays
     */
    private record Mark(Instant at, Instant until) {}

    private Mark mark(Connection connection, String tenant, List<String> users) throws SQLException {
        Instant at = bounds.clock().instant();
        Mark mark = new Mark(at, at);
        for (String user : users) {
            Mark one = mark(connection, tenant, user, at);
            mark = mark.until().isBefore(one.until()) ? one : mark;
        }
        return mark;
    }

    private Mark mark(Connection connection, String tenant, String user, Instant at) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into recsys.history_forgotten as known (tenant, person, at, until)"
                        + " values (?, recsys.person(?, ?), ?, ?) on conflict (tenant, person) do update"
                        + " set at = greatest(known.at, excluded.at), until = greatest(known.until, excluded.until)"
                        + " returning at, until")) {
            insert.setString(1, tenant);
            insert.setString(2, tenant);
            insert.setString(3, user);
            insert.setObject(4, at.atOffset(ZoneOffset.UTC));
            insert.setObject(5, at.plus(bounds.keepFor()).atOffset(ZoneOffset.UTC));
            ResultSet row = insert.executeQuery();
            row.next();
            return new Mark(instant(row, 1), instant(row, 2));
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Deleted delete(Connection connection, String tenant, List<String> users) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("with gone as ("
                + "delete from recsys.interaction where tenant = ? and user_id = any(?) returning at)"
                + " select count(*), min(at) from gone")) {
            delete.setString(1, tenant);
            delete.setArray(2, connection.createArrayOf("text", users.toArray()));
            ResultSet row = delete.executeQuery();
            row.next();
            OffsetDateTime first = row.getObject(2, OffsetDateTime.class);
            return new Deleted(row.getLong(1), Optional.ofNullable(first).map(OffsetDateTime::toInstant));
        }
    }

    private static long deleteLogged(Connection connection, LogTable table, String tenant, List<String> users)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from " + table.table() + " where tenant = ? and user_id = any(?)")) {
            delete.setString(1, tenant);
            delete.setArray(2, connection.createArrayOf("text", users.toArray()));
            return delete.executeLargeUpdate();
        }
    }

    private static List<Shipped> shippedSince(Connection connection, String tenant, Instant first) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select surface, after, at from recsys.audit"
                        + " where tenant = ? and kind = 'release' and action in ('create', 'ship', 'promote') and at >= ? order by id")) {
            select.setString(1, tenant);
            select.setObject(2, first.atOffset(ZoneOffset.UTC));
            ResultSet rows = select.executeQuery();
            List<Shipped> shipped = new ArrayList<>();
            while (rows.next()) {
                shipped.add(new Shipped(rows.getString(1), rows.getString(2), instant(rows, 3)));
            }
            return shipped;
        }
    }
}
