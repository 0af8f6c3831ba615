package dev.recsys.postgres;

import dev.recsys.NotFoundException;
import dev.recsys.RecsysException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What a failure of PostgreSQL means. Sources: PostgreSQL manual, appendix A, error codes. */
final class SqlFailures {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String UNDEFINED_OBJECT = "42704"; // such as a role
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_SCHEMA = "3F000";
    private static final String STATEMENT_UNKNOWN = "40003";

    private SqlFailures() {}

    /**
     * Translates a failure of a transaction that was not committed: nothing changed.
     *
     * @param what what was attempted, for the message
     */
    static RecsysException notCommitted(String what, SQLException e) {
        String state = stateOf(e);
        if (state.startsWith("28")) {
            return new StoreDeniedException(
                    what + " was not possible: PostgreSQL did not let the user in, " + firstLine(e)
                            + ". Nothing changed. Look at the user and the password.",
                    e);
        }
        if (state.equals(UNDEFINED_OBJECT)) {
            return new NotFoundException(what + " named something that is not there: " + firstLine(e) + ".");
        }
        if (state.equals(INSUFFICIENT_PRIVILEGE)) {
            return new StoreDeniedException(
                    what + " was refused by PostgreSQL: " + firstLine(e)
                            + ". Nothing changed. Grant the role what it needs: recsys db migrate --grant-to ROLE.",
                    e);
        }
        if (state.equals(UNDEFINED_TABLE) || state.equals(UNDEFINED_SCHEMA)) {
            return new NotFoundException(what + " needs tables that are not there: " + firstLine(e)
                    + ". Nothing changed. Run: recsys db migrate.");
        }
        return new StoreUnavailableException(
                what + " did not succeed: PostgreSQL said " + firstLine(e) + ". Nothing changed; try again.", e);
    }

    /** Whether the connection broke, so that what was sent last may have been done or not. */
    static boolean isConnectionLost(SQLException e) {
        String state = stateOf(e);
        return state.startsWith("08") || state.startsWith("57P") || state.equals(STATEMENT_UNKNOWN);
    }

    /** Whether PostgreSQL undid the transaction for the sake of another, so that it may be tried again as it is. */
    static boolean mayRepeat(SQLException e) {
        String state = stateOf(e);
        return state.startsWith("40") && !state.equals(STATEMENT_UNKNOWN);
    }

    /** Whether PostgreSQL refused what was to be written, and not the writing: without those rows, the others go in. */
    static boolean isOfTheData(RecsysException e) {
        if (!(e.getCause() instanceof SQLException cause)) {
            return false;
        }
        String state = stateOf(cause);
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    /** A pool that had to give up says why in the cause. */
    private static String stateOf(SQLException e) {
        if (e instanceof SQLTransientConnectionException && e.getCause() instanceof SQLException cause) {
            return stateOf(cause);
        }
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** Returns what PostgreSQL said, without what the message advises. */
    static String said(RecsysException e) {
        return e.getCause() instanceof SQLException cause
                ? "PostgreSQL said " + firstLine(cause)
                : String.valueOf(e.getMessage());
    }

    /** The first line: the others may quote values of rows. */
    static String firstLine(SQLException e) {
        if (e instanceof SQLTransientConnectionException) {
            return e.getCause() instanceof SQLException cause
                    ? firstLine(cause)
                    : "that no connection became free in time";
        }
        return "'" + firstLine(String.valueOf(e.getMessage())) + "'";
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
