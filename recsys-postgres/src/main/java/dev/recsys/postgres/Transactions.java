package dev.recsys.postgres;

import dev.recsys.OutcomeUnknownException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions in the name of a tenant: the database shows them that tenant's rows alone.
 *
 * <p>A write that is committed returns, and one that is not throws; where the connection breaks while it is committed, the
 * database is asked what became of it. Only where it cannot say is the outcome unknown.
 */
final class Transactions {
    /** In whose name the tenants can be listed. */
    static final String OPERATOR = "*";

    /** How long an answer may take beyond the time of a statement. */
    static final Duration ANSWER_TAKES = Duration.ofSeconds(5);

    private static final int TRIES = 5;

    private final DataSource source;
    private final Duration timeout;
    private final Settling settling;

    /**
     * Creates it.
     *
     * @param timeout how long one statement may take, and how long it may wait for a lock
     */
    Transactions(DataSource source, Duration timeout, Settling settling) {
        this.source = source;
        this.timeout = timeout;
        this.settling = settling;
    }

    /** Returns these with another time for each statement. */
    Transactions taking(Duration other) {
        return new Transactions(source, other, settling);
    }

    /** What is known of one attempt. */
    private static final class Attempt<T> {
        private @Nullable String transaction; // its number, once it has begun
        private boolean sent; // the commit
        private @Nullable T result; // once the commit is sent
        private boolean committed;
    }

    /**
     * Reads, all of it as of one moment.
     *
     * @param what what is read, for messages
     */
    <T> T read(String tenant, String what, Work<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return readIn(tenant, work);
            } catch (SQLException e) {
                if (tries == TRIES || !SqlFailures.mayRepeat(e)) {
                    throw SqlFailures.notCommitted(what, e);
                }
            }
        }
    }

    /** Reads as {@link #read}, and runs {@code work} at most once: for work that others can tell it was begun. */
    <T> T readOnce(String tenant, String what, Work<T> work) {
        try {
            return readIn(tenant, work);
        } catch (SQLException e) {
            throw SqlFailures.notCommitted(what, e);
        }
    }

    private <T> T readIn(String tenant, Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            begin(connection, tenant, true);
            T result = work.in(connection);
            connection.rollback();
            return result;
        }
    }

    /**
     * Writes; whatever {@code work} throws undoes it. It may be run several times, each time as if for the first.
     *
     * @param change which names the change in the audit, written by {@code work}
     * @param what what is written, for messages
     * @throws OutcomeUnknownException if it may or may not have been committed; its handle is the change
     */
    <T> T write(String tenant, UUID change, String what, Work<T> work) {
        for (int tries = 1; ; tries++) {
            Attempt<T> attempt = new Attempt<>();
            try {
                return run(attempt, tenant, work);
            } catch (SQLException e) {
                if (attempt.sent && SqlFailures.isConnectionLost(e)) {
                    return settled(attempt, tenant, change, what, e);
                }
                if (tries == TRIES || !SqlFailures.mayRepeat(e)) {
                    throw SqlFailures.notCommitted(what, e);
                }
            }
        }
    }

    private <T> T run(Attempt<T> attempt, String tenant, Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            begin(connection, tenant, false);
            try {
                attempt.transaction = text(connection, "select pg_current_xact_id()::text");
                T result = work.in(connection);
                attempt.result = result;
                attempt.sent = true;
                connection.commit();
                attempt.committed = true;
                return result;
            } finally {
                if (!attempt.sent) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            if (attempt.committed && attempt.result != null) {
                return attempt.result; // only giving the connection back failed
            }
            throw e;
        }
    }

    private <T> T settled(Attempt<T> attempt, String tenant, UUID change, String what, SQLException lost) {
        Optional<Boolean> committed = settling.find(
                () -> wasAudited(tenant, change), () -> statusOf(tenant, String.valueOf(attempt.transaction)));
        if (committed.isEmpty() || attempt.result == null) {
            throw new OutcomeUnknownException(
                    what + " may or may not have been committed: the connection to PostgreSQL was lost ("
                            + SqlFailures.firstLine(lost) + "). Look for the change " + change
                            + " in the audit before doing it again: recsys audit.",
                    change.toString(),
                    lost);
        }
        if (!committed.get()) {
            throw SqlFailures.notCommitted(what, lost);
        }
        return attempt.result;
    }

    private boolean wasAudited(String tenant, UUID change) {
        return read(tenant, "looking for the change " + change, connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select 1 from recsys.audit where change = ?")) {
                select.setObject(1, change);
                return select.executeQuery().next();
            }
        });
    }

    private String statusOf(String tenant, String transaction) {
        return read(tenant, "asking what became of transaction " + transaction, connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select coalesce(pg_xact_status(?::xid8), 'forgotten')")) {
                select.setString(1, transaction);
                ResultSet result = select.executeQuery();
                result.next();
                return result.getString(1);
            }
        });
    }

    private void begin(Connection connection, String tenant, boolean readOnly) throws SQLException {
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(timeout.plus(ANSWER_TAKES).toMillis()));
        connection.setAutoCommit(false);
        connection.setReadOnly(readOnly);
        connection.setTransactionIsolation(
                readOnly ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_READ_COMMITTED);
        String millis = Long.toString(timeout.toMillis());
        try (PreparedStatement set = connection.prepareStatement(
                "select set_config('recsys.tenant', ?, true), set_config('statement_timeout', ?, true),"
                        + " set_config('lock_timeout', ?, true)")) {
            set.setString(1, tenant);
            set.setString(2, millis);
            set.setString(3, millis);
            set.execute();
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            ResultSet result = select.executeQuery();
            result.next();
            return result.getString(1);
        }
    }
}
