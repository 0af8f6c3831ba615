package dev.recsys.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the feed so that nothing is passed over: from the oldest transaction on that was open when it was read before, for
 * any that is older had ended by then and was seen. What was seen since is not told again. Not safe for concurrent use.
 *
 * <p>Source: PostgreSQL manual, table 9.83, {@code pg_snapshot_xmin}: all smaller transaction ids are committed and visible,
 * or rolled back and dead.
 */
final class Feed {
    private static final Logger log = LoggerFactory.getLogger(PostgresControls.class);

    private static final Duration MAY_TAKE = Duration.ofSeconds(5);

    private final Transactions transactions;
    private String horizon = ""; // the oldest transaction that was open at the last look
    private Look latest = new Look("", List.of());
    private Set<Long> seen = Set.of(); // of transactions from the horizon on

    Feed(Transactions transactions) {
        this.transactions = transactions.taking(MAY_TAKE);
    }

    /** Forgets what is older than a week. */
    void purge() {
        String what = "Forgetting what the feed said long ago";
        int gone = transactions.write(Transactions.OPERATOR, UUID.randomUUID(), what, connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from recsys.feed where at < clock_timestamp() - interval '7 days'")) {
                return delete.executeUpdate();
            }
        });
        log.debug("{} old lines of the feed are gone", gone);
    }

    /**
     * What one look shows.
     *
     * @param oldest the oldest transaction that is open
     * @param changes of transactions from the horizon on, by number
     */
    private record Look(String oldest, List<FleetChange> changes) {}

    /**
     * Returns what was committed since the last look that was {@linkplain #done done with}, by number; nothing at the first.
     */
    List<FleetChange> next() {
        Look look = transactions.read(Transactions.OPERATOR, "Reading the feed of changes", connection -> {
            String oldest = oldestOpen(connection);
            return new Look(oldest, since(connection, horizon.isEmpty() ? oldest : horizon));
        });
        latest = look;
        return look.changes().stream()
                .filter(change -> !seen.contains(change.id()))
                .toList();
    }

    /** Notes that everybody was told what {@link #next} returned, so that it does not return it again. */
    void done() {
        seen = latest.changes().stream().map(FleetChange::id).collect(Collectors.toSet());
        horizon = latest.oldest();
    }

    private static String oldestOpen(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select pg_snapshot_xmin(pg_current_snapshot())::text")) {
            ResultSet row = select.executeQuery();
            row.next();
            return row.getString(1);
        }
    }

    private static List<FleetChange> since(Connection connection, String transaction) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id, tenant, surface, kind from recsys.feed where tx >= ?::xid8 order by id")) {
            select.setString(1, transaction);
            ResultSet rows = select.executeQuery();
            List<FleetChange> changes = new ArrayList<>();
            while (rows.next()) {
                changes.add(new FleetChange(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
            return changes;
        }
    }
}
