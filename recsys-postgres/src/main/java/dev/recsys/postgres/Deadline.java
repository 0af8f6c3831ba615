package dev.recsys.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Until when a call of several statements may take: each of them gets the time that is left. */
final class Deadline {
    private static final Duration LEAST = Duration.ofMillis(1); // 0 would be no limit to PostgreSQL
    private static final Duration MOST = Duration.ofDays(1);
    private static final String CANCELED = "57014";

    private final LongSupplier nanoTime;
    private final long startNanos;
    private final Duration timeout;

    private Deadline(LongSupplier nanoTime, Duration timeout) {
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.timeout = timeout;
    }

    /** Begins to count now. */
    static Deadline in(Duration timeout, LongSupplier nanoTime) {
        return new Deadline(nanoTime, bounded(timeout));
    }

    private static Duration bounded(Duration timeout) {
        if (timeout.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return timeout.compareTo(MOST) > 0 ? MOST : timeout;
    }

    /** Returns the whole time. */
    Duration timeout() {
        return timeout;
    }

    /**
     * Looks whether there is time left.
     *
     * @return how much, at least a millisecond
     * @throws SQLTimeoutException if there is none
     */
    Duration require() throws SQLTimeoutException {
        Duration left = timeout.minusNanos(nanoTime.getAsLong() - startNanos);
        if (left.compareTo(LEAST) < 0) {
            throw new SQLTimeoutException("not done within " + timeout, CANCELED);
        }
        return left;
    }

    /** Lets the next statement take the time that is left, and no more. */
    void arm(Connection connection) throws SQLException {
        Duration left = require();
        connection.setNetworkTimeout(
                Runnable::run,
                Math.toIntExact(left.plus(Transactions.ANSWER_TAKES).toMillis()));
        try (PreparedStatement set = connection.prepareStatement("select set_config('statement_timeout', ?, true)")) {
            set.setString(1, Long.toString(left.toMillis()));
            set.execute();
        }
    }
}
