package dev.recsys.postgres;

import dev.recsys.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import org.postgresql.PGConnection;

/** Rows of one day on their way into one table, some thousands at a time, so that a day is never in memory as rows. */
final class SumBatch {
    private static final int ROWS = 10_000;

    private final Target target;
    private final SumTable table;
    private final String[][] names;
    private final double[] amounts = new double[ROWS];
    private final long[] counts = new long[ROWS];
    private int size;

    private SumBatch(Target target, SumTable table) {
        this.target = target;
        this.table = table;
        this.names = new String[table.nameCount()][ROWS];
    }

    /** Gives rows to a batch. */
    interface Rows {
        /** Gives them. */
        void into(SumBatch batch);
    }

    /** What PostgreSQL said, on its way through code that knows nothing of it. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient SQLException why;

        Refused(SQLException why) {
            super(why);
            this.why = why;
        }
    }

    /** Where rows go: a day of a scope, within a transaction. */
    record Target(Connection connection, Scope scope, LocalDate day, Deadline deadline) {}

    /** Writes rows. */
    static void write(Target target, SumTable table, Rows rows) throws SQLException {
        SumBatch batch = new SumBatch(target, table);
        try {
            rows.into(batch);
            batch.send();
        } catch (Refused e) {
            throw e.why;
        }
    }

    /** Adds a row with one name and no count. */
    void add(String name, double amount) {
        names[0][size] = name;
        amounts[size] = amount;
        added();
    }

    /** Adds a row with two names and a count. */
    void add(String first, String second, double amount, long count) {
        names[0][size] = first;
        names[1][size] = second;
        amounts[size] = amount;
        counts[size] = count;
        added();
    }

    private void added() {
        if (++size < ROWS) {
            return;
        }
        try {
            send();
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    private void send() throws SQLException {
        if (size == 0) {
            return;
        }
        Connection connection = target.connection();
        target.deadline().arm(connection);
        try (PreparedStatement insert = connection.prepareStatement(table.insert())) {
            int parameter = 1;
            insert.setString(parameter++, target.scope().tenant());
            insert.setString(parameter++, target.scope().surface());
            insert.setObject(parameter++, target.day());
            for (String[] column : names) {
                insert.setArray(parameter++, connection.createArrayOf("text", Arrays.copyOf(column, size)));
            }
            PGConnection arrays = connection.unwrap(PGConnection.class); // takes arrays of numbers as they are
            insert.setArray(parameter++, arrays.createArrayOf("float8", Arrays.copyOf(amounts, size)));
            if (table.hasCount()) {
                insert.setArray(parameter, arrays.createArrayOf("int8", Arrays.copyOf(counts, size)));
            }
            insert.executeUpdate();
        }
        size = 0;
    }
}
