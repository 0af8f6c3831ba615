package dev.recsys.postgres;

import dev.recsys.controls.Place;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/**
 * Reads what {@link PostgresEventSink} wrote: the lines as a file has them, by time, of one moment's database. Safe for
 * concurrent use.
 */
public final class PostgresEvents {
    private static final int FETCHED = 500; // rows are held at a time

    private final Transactions transactions;

    private PostgresEvents(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Reads from a database. */
    public static PostgresEvents of(PostgresDatabase database) {
        return new PostgresEvents(database.transactions());
    }

    /**
     * Gives the lines of what was shown to a tenant's users, as {@link dev.recsys.controls.ExposureDocument} reads them, the
     * oldest first; equal times in the order in which a sink had them.
     *
     * @param from the first time
     * @param until the time before which all are
     * @return how many
     * @throws dev.recsys.StoreUnavailableException if the database did not answer; some lines may have been given
     */
    public long exposures(String tenant, Instant from, Instant until, Consumer<String> line) {
        return read(LogTable.EXPOSURE, tenant, new Instant[] {from, until}, line);
    }

    /** As {@link #exposures}, what users did, as {@link dev.recsys.controls.OutcomeDocument} reads it, and builds do. */
    public long outcomes(String tenant, Instant from, Instant until, Consumer<String> line) {
        return read(LogTable.OUTCOME, tenant, new Instant[] {from, until}, line);
    }

    private long read(LogTable table, String tenant, Instant[] bounds, Consumer<String> line) {
        String name = Place.of(tenant).tenant();
        return transactions.readOnce(name, "Reading a log of tenant " + name, connection -> {
            try (PreparedStatement select = connection.prepareStatement("select body from " + table.table()
                    + " where tenant = ? and at >= ? and at < ? order by at, sink, number")) {
                select.setFetchSize(FETCHED);
                select.setString(1, name);
                select.setObject(2, bounds[0].atOffset(ZoneOffset.UTC));
                select.setObject(3, bounds[1].atOffset(ZoneOffset.UTC));
                ResultSet rows = select.executeQuery();
                long count = 0;
                while (rows.next()) {
                    line.accept(rows.getString(1));
                    count++;
                }
                return count;
            }
        });
    }
}
