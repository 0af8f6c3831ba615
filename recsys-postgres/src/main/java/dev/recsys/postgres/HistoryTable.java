package dev.recsys.postgres;

import dev.recsys.control.Outcome;
import dev.recsys.postgres.Backlog.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The rows of histories. Safe for concurrent use. */
final class HistoryTable {
    /** So many times the interactions that are kept of a user are read, to find what is the same among them. */
    private static final int READ = 10;

    private final Transactions transactions;

    HistoryTable(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Writes outcomes of one tenant, all or none; what is there already stays as it is. Returns the users whose outcomes were
     * not written, for they were forgotten since: once for each outcome.
     */
    List<String> write(String tenant, List<Entry> outcomes) {
        return transactions.write(tenant, UUID.randomUUID(), "Writing history of tenant " + tenant, connection -> {
            int written = insert(connection, tenant, outcomes);
            return written == outcomes.size() ? List.of() : forgotten(connection, tenant, outcomes);
        });
    }

    private static int insert(Connection connection, String tenant, List<Entry> outcomes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into recsys.interaction (tenant, surface, user_id, item, type, at) select ?, given.*"
                        + " from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[]) given"
                        + " on conflict do nothing")) {
            insert.setString(1, tenant);
            insert.setArray(
                    2, texts(connection, outcomes, outcome -> outcome.scope().surface()));
            insert.setArray(3, texts(connection, outcomes, Outcome::user));
            insert.setArray(4, texts(connection, outcomes, Outcome::item));
            insert.setArray(5, texts(connection, outcomes, Outcome::type));
            insert.setArray(
                    6, texts(connection, outcomes, outcome -> outcome.at().toString()));
            return insert.executeUpdate();
        }
    }

    private static List<String> forgotten(Connection connection, String tenant, List<Entry> outcomes)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select given.user_id from unnest(?::text[], ?::timestamptz[]) given (user_id, at)"
                        + " join recsys.history_forgotten marked on marked.tenant = ?"
                        + " and marked.person = recsys.person(?, given.user_id) and marked.at >= given.at")) {
            select.setArray(1, texts(connection, outcomes, Outcome::user));
            select.setArray(
                    2, texts(connection, outcomes, outcome -> outcome.at().toString()));
            select.setString(3, tenant);
            select.setString(4, tenant);
            ResultSet rows = select.executeQuery();
            List<String> users = new ArrayList<>();
            while (rows.next()) {
                users.add(rows.getString(1));
            }
            return users;
        }
    }

    private static java.sql.Array texts(Connection connection, List<Entry> outcomes, Function<Outcome, String> part)
            throws SQLException {
        String[] texts =
                outcomes.stream().map(entry -> part.apply(entry.outcome())).toArray(String[]::new);
        return connection.createArrayOf("text", texts);
    }

    /**
     * Reads the newest time of each item and type among a user's newest interactions, newest first.
     *
     * @param since from when on
     * @param most how many
     */
    List<Interaction> read(UserKey key, Instant since, int most) {
        String tenant = key.scope().tenant();
        return transactions.read(tenant, "Reading history of tenant " + tenant, connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select item, type, max(at) from (select item, type, at"
                            + " from recsys.interaction where tenant = ? and user_id = ? and surface = ? and at >= ?"
                            + " order by at desc, item, type limit ?) newest"
                            + " group by item, type order by max(at) desc, item, type limit ?")) {
                select.setString(1, tenant);
                select.setString(2, key.user());
                select.setString(3, key.scope().surface());
                select.setObject(4, since.atOffset(ZoneOffset.UTC));
                select.setInt(5, READ * most);
                select.setInt(6, most);
                return interactions(select.executeQuery());
            }
        });
    }

    private static List<Interaction> interactions(ResultSet rows) throws SQLException {
        List<Interaction> interactions = new ArrayList<>();
        while (rows.next()) {
            Instant at = rows.getObject(3, OffsetDateTime.class).toInstant();
            interactions.add(new Interaction(rows.getString(1), rows.getString(2), at, 0));
        }
        interactions.sort(Interaction.NEWEST_FIRST); // the database orders texts by code points
        return interactions;
    }
}
