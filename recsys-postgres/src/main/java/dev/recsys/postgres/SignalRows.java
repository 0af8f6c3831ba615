package dev.recsys.postgres;

import dev.recsys.Scope;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.Replacement;
import dev.recsys.sums.TablesState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows that say what is there of a scope, within a transaction. */
final class SignalRows {
    /** Which days of a scope go: those outside of what is kept, and those that are put. */
    static final String GOING = " where tenant = ? and surface = ? and (day < ? or day > ? or day = any (?::date[]))";

    private static final String DAYS = "select day, events, sessions, share, carried_sessions, cut_sessions, oldest,"
            + " newest, newest_session from recsys.signal_day where tenant = ? and surface = ?";
    private static final String PUT_DAY =
            "insert into recsys.signal_day (tenant, surface, day, events, sessions, share,"
                    + " carried_sessions, cut_sessions, oldest, newest, newest_session) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String PUT = "insert into recsys.signal_tables"
            + " (tenant, surface, revision, replacement, settings, filled_at) values (?, ?, ?, ?, ?, ?)"
            + " on conflict (tenant, surface) do update set revision = excluded.revision,"
            + " replacement = excluded.replacement, settings = excluded.settings, filled_at = excluded.filled_at";

    private SignalRows() {}

    /** Returns what is there; empty if the scope was never filled. */
    static Optional<TablesState> state(Connection connection, Scope scope) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select revision, replacement, settings, filled_at"
                + " from recsys.signal_tables where tenant = ? and surface = ?")) {
            select.setString(1, scope.tenant());
            select.setString(2, scope.surface());
            ResultSet row = select.executeQuery();
            return row.next()
                    ? Optional.of(new TablesState(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            instant(row, 4),
                            days(connection, scope)))
                    : Optional.empty();
        }
    }

    private static SortedMap<LocalDate, DayFigures> days(Connection connection, Scope scope) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DAYS)) {
            select.setString(1, scope.tenant());
            select.setString(2, scope.surface());
            ResultSet row = select.executeQuery();
            SortedMap<LocalDate, DayFigures> days = new TreeMap<>();
            while (row.next()) {
                DayFigures figures = figures(row);
                days.put(figures.day(), figures);
            }
            return days;
        }
    }

    private static DayFigures figures(ResultSet row) throws SQLException {
        return new DayFigures(
                row.getObject(1, LocalDate.class),
                row.getLong(2),
                row.getLong(3),
                row.getDouble(4),
                row.getLong(5),
                row.getLong(6),
                instant(row, 7),
                instant(row, 8),
                instant(row, 9));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Says which revision is there from now on. */
    static void put(Connection connection, Scope scope, Replacement replacement) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setString(1, scope.tenant());
            put.setString(2, scope.surface());
            put.setLong(3, replacement.expected() + 1);
            put.setString(4, replacement.id());
            put.setString(5, replacement.settings());
            put.setObject(6, time(replacement.filledAt()));
            put.executeUpdate();
        }
    }

    static void putDay(Connection connection, Scope scope, DayFigures figures) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(PUT_DAY)) {
            put.setString(1, scope.tenant());
            put.setString(2, scope.surface());
            put.setObject(3, figures.day());
            put.setLong(4, figures.events());
            put.setLong(5, figures.sessions());
            put.setDouble(6, figures.share());
            put.setLong(7, figures.carriedSessions());
            put.setLong(8, figures.cutSessions());
            put.setObject(9, time(figures.oldest()));
            put.setObject(10, time(figures.newest()));
            put.setObject(11, time(figures.newestSession()));
            put.executeUpdate();
        }
    }

    /** Removes from a table what goes. */
    static void remove(Connection connection, String delete, Scope scope, Replacement replacement) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(delete)) {
            remove.setString(1, scope.tenant());
            remove.setString(2, scope.surface());
            remove.setObject(3, replacement.from());
            remove.setObject(4, replacement.until());
            remove.setArray(
                    5,
                    connection.createArrayOf(
                            "date",
                            replacement.days().stream()
                                    .map(sums -> sums.figures().day().toString())
                                    .toArray()));
            remove.executeUpdate();
        }
    }
}
