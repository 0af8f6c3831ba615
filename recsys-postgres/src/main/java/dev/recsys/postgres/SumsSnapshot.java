package dev.recsys.postgres;

import dev.recsys.Scope;
import dev.recsys.sums.ItemSum;
import dev.recsys.sums.PairSum;
import dev.recsys.sums.PopularitySum;
import dev.recsys.sums.SumsReader;
import dev.recsys.sums.TablesState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.function.Consumer;

/** One revision, read in one transaction that sees the database as of one moment. */
final class SumsSnapshot implements SumsReader {
    private static final int FETCHED_AT_ONCE = 10_000;

    private final Connection connection;
    private final Scope scope;
    private final TablesState state;
    private final Deadline deadline;

    SumsSnapshot(Connection connection, Scope scope, TablesState state, Deadline deadline) {
        this.connection = connection;
        this.scope = scope;
        this.state = state;
        this.deadline = deadline;
    }

    /** What is done with a row. */
    private interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    @Override
    public TablesState state() {
        return state;
    }

    @Override
    public void popularity(SortedMap<LocalDate, Double> factors, Consumer<PopularitySum> taker) {
        read(
                SumTable.POPULARITY,
                factors,
                row -> taker.accept(
                        new PopularitySum(row.getString(1), row.getString(2), row.getDouble(3), row.getLong(4))));
    }

    @Override
    public void items(SortedMap<LocalDate, Double> factors, Consumer<ItemSum> taker) {
        read(SumTable.ITEMS, factors, row -> taker.accept(new ItemSum(row.getString(1), row.getDouble(2))));
    }

    @Override
    public void pairs(SortedMap<LocalDate, Double> factors, Consumer<PairSum> taker) {
        read(
                SumTable.PAIRS,
                factors,
                row -> taker.accept(new PairSum(row.getString(1), row.getString(2), row.getLong(4), row.getDouble(3))));
    }

    private void read(SumTable table, SortedMap<LocalDate, Double> byDay, RowTaker taker) {
        Factors factors = Factors.of(byDay);
        try {
            deadline.arm(connection);
            try (PreparedStatement select = connection.prepareStatement(table.select())) {
                factors.set(select);
                select.setString(4, scope.tenant());
                select.setString(5, scope.surface());
                select.setFetchSize(FETCHED_AT_ONCE);
                give(select, taker);
            }
        } catch (SQLException e) {
            throw SqlFailures.notCommitted("Reading the tables of " + scope, e);
        }
    }

    private void give(PreparedStatement select, RowTaker taker) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            for (int number = 1; rows.next(); number++) {
                taker.take(rows);
                if (number % FETCHED_AT_ONCE == 0) {
                    var unused = deadline.require();
                }
            }
        }
    }
}
