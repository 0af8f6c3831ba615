package dev.recsys.postgres;

import dev.recsys.RecsysException;
import dev.recsys.log.LogTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of the logs' tables. A batch that failed is written again as a whole: rows that are there already stay as they are, so
 * that it does not matter what became of a commit that nobody answered. Of rows that the database refuses, only those that it
 * refuses one by one are left out.
 */
final class LogRows implements LogTarget<LogRow> {
    private static final Logger log = LoggerFactory.getLogger(PostgresEventSink.class);

    private final Transactions transactions;
    private final HistoryMonths months;
    private final HistoryUpkeep upkeep;
    private final OutcomeBounds bounds;
    private final UUID sink;
    private boolean hasRefused; // and said so

    LogRows(Transactions transactions, OutcomeBounds bounds, UUID sink) {
        this.transactions = transactions;
        this.months = HistoryMonths.ofLogs(transactions);
        this.upkeep = new HistoryUpkeep(months, bounds);
        this.bounds = bounds;
        this.sink = sink;
    }

    /** What is written in one transaction. */
    private record Part(LogTable table, String tenant) {}

    @Override
    public Written write(List<LogRow> rows) {
        Map<Part, List<LogRow>> parts = new LinkedHashMap<>();
        for (LogRow row : rows) {
            if (bounds.isInTime(row.at())) {
                parts.computeIfAbsent(new Part(row.table(), row.tenant()), any -> new ArrayList<>())
                        .add(row);
            }
        }
        int count = 0;
        long chars = 0;
        for (Map.Entry<Part, List<LogRow>> part : parts.entrySet()) {
            count += write(part.getKey(), part.getValue());
            chars += part.getValue().stream().mapToLong(LogRow::chars).sum();
        }
        return new Written(count, chars);
    }

    /** Returns how many are there now. */
    private int write(Part part, List<LogRow> rows) {
        for (int tries = 1; ; tries++) {
            try {
                months.require(rows.stream().map(LogRow::at).toList());
                return transactions.write(
                        part.tenant(),
                        UUID.randomUUID(),
                        "Writing a log of tenant " + part.tenant(),
                        connection -> insert(connection, part, rows));
            } catch (RecsysException e) {
                if (!SqlFailures.isOfTheData(e)) {
                    throw e;
                }
                months.lookAgain(); // a month that was dropped meanwhile is a refusal too
                if (rows.size() > 1) {
                    int half = rows.size() / 2;
                    return write(part, rows.subList(0, half)) + write(part, rows.subList(half, rows.size()));
                }
                if (tries > 1) {
                    return refused(part, e);
                }
            }
        }
    }

    private int refused(Part part, RecsysException refusal) {
        if (!hasRefused) {
            log.error(
                    "A line of tenant {} is refused for good and counts as failed, and so will others that are not"
                            + " mentioned: {}. Look at the record's time and texts.",
                    part.tenant(),
                    SqlFailures.said(refusal));
            hasRefused = true;
        }
        return 0;
    }

    private int insert(Connection connection, Part part, List<LogRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(part.table().insert())) {
            insert.setString(1, part.tenant());
            insert.setObject(2, sink);
            insert.setArray(3, array(connection, rows, row -> Long.toString(row.number())));
            insert.setArray(4, array(connection, rows, row -> row.at().toString()));
            for (int i = 0; i < part.table().columns(); i++) {
                int column = i;
                insert.setArray(
                        5 + i, array(connection, rows, row -> row.columns().get(column)));
            }
            int inserted = insert.executeUpdate();
            return inserted == rows.size() ? inserted : there(connection, part, rows);
        }
    }

    /** Some were there before, or are of somebody who was forgotten. */
    private int there(Connection connection, Part part, List<LogRow> rows) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from "
                        + part.table().table() + " logged join unnest(?::bigint[], ?::timestamptz[]) given (number, at)"
                        + " on logged.number = given.number and logged.at = given.at where logged.tenant = ? and logged.sink = ?")) {
            select.setArray(1, array(connection, rows, row -> Long.toString(row.number())));
            select.setArray(2, array(connection, rows, row -> row.at().toString()));
            select.setString(3, part.tenant());
            select.setObject(4, sink);
            ResultSet row = select.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    private static java.sql.Array array(Connection connection, List<LogRow> rows, Function<LogRow, String> part)
            throws SQLException {
        return connection.createArrayOf("text", rows.stream().map(part).toArray(String[]::new));
    }

    @Override
    public boolean tend() {
        upkeep.runIfDue();
        return false;
    }

    @Override
    public void taken() {} // what a killed process had taken is not known here

    @Override
    public void failed() {}

    @Override
    public void finish() {}

    @Override
    public void release() {}

    @Override
    public long lost() {
        return 0;
    }
}
