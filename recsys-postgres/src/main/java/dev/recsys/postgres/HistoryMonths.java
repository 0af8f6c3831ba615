package dev.recsys.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions of histories, or of logs: one for each month of UTC, made before something is written there and dropped for its age. */
final class HistoryMonths {
    private static final Logger log = LoggerFactory.getLogger(PostgresUserHistory.class);
    /** Dropping waits for who reads, and whoever comes then waits too: so not for long. */
    private static final Duration MAY_STALL = Duration.ofSeconds(2);

    private final String what; // in the names of the functions
    private final Transactions transactions;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();

    HistoryMonths(Transactions transactions) {
        this("history", transactions);
    }

    private HistoryMonths(String what, Transactions transactions) {
        this.what = what;
        this.transactions = transactions.taking(MAY_STALL);
    }

    /** Returns those of the tables of logs. */
    static HistoryMonths ofLogs(Transactions transactions) {
        return new HistoryMonths("log", transactions);
    }

    /** Makes the months of these times as far as they are not known to be there. */
    void require(Collection<Instant> times) {
        times.stream()
                .map(at -> YearMonth.from(at.atOffset(ZoneOffset.UTC)))
                .distinct()
                .filter(month -> !known.contains(month))
                .forEach(this::make);
    }

    private void make(YearMonth month) {
        boolean made = transactions.write(
                Transactions.OPERATOR, UUID.randomUUID(), "Making room for " + what + " of " + month, connection -> {
                    try (PreparedStatement call =
                            connection.prepareStatement("select recsys.make_" + what + "_month(?)")) {
                        call.setObject(1, LocalDate.of(month.getYear(), month.getMonth(), 1));
                        ResultSet row = call.executeQuery();
                        row.next();
                        return row.getBoolean(1);
                    }
                });
        known.add(month);
        log.debug("the month {} of {} is there, made just now: {}", month, what, made);
    }

    /** Looks again which months are there: another process may have dropped some. */
    void lookAgain() {
        known.clear();
    }

    /** Makes this month and the next one, drops what is wholly older than a time; returns how many months that were. */
    int tend(Instant now, Instant oldest) {
        require(Set.of(now, now.plus(Duration.ofDays(31))));
        lookAgain();
        int dropped = transactions.write(
                Transactions.OPERATOR, UUID.randomUUID(), "Dropping " + what + " from before " + oldest, connection -> {
                    try (PreparedStatement call =
                                    connection.prepareStatement("select recsys.drop_" + what + "_before(?)");
                            PreparedStatement marks = connection.prepareStatement(
                                    "delete from recsys.history_forgotten where until < clock_timestamp()")) {
                        call.setObject(1, oldest.atOffset(ZoneOffset.UTC));
                        ResultSet row = call.executeQuery();
                        row.next();
                        int months = row.getInt(1);
                        marks.executeUpdate();
                        return months;
                    }
                });
        if (dropped > 0) {
            log.info("{} months of {} from before {} are dropped", dropped, what, oldest);
        }
        return dropped;
    }
}
