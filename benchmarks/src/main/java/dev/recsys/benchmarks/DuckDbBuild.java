package dev.recsys.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A table of numbers in memory to a table of neighbours in memory, by SQL, on as many threads as there are processors. */
final class DuckDbBuild implements NeighbourBuild {
    private static final List<String> STEPS = List.of(
            """
            CREATE TEMP TABLE baskets AS
            WITH long AS (SELECT session FROM events GROUP BY session HAVING count(*) > 50)
            SELECT DISTINCT session, item FROM (
              SELECT session, item FROM events ANTI JOIN long USING (session)
              UNION ALL
              SELECT session, item FROM events SEMI JOIN long USING (session)
              QUALIFY row_number() OVER (PARTITION BY session ORDER BY millis DESC) <= 50)
            """, "CREATE TEMP TABLE sizes AS SELECT item, count(*)::DOUBLE AS n FROM baskets GROUP BY item", """
            CREATE TEMP TABLE pairs AS
            SELECT a.item AS a, b.item AS b, count(*) AS common
            FROM baskets a JOIN baskets b ON a.session = b.session AND a.item < b.item GROUP BY ALL
            """, """
            CREATE TEMP TABLE neighbours AS
            SELECT item, neighbour, common / sqrt(i.n * j.n) AS score
            FROM (SELECT a AS item, b AS neighbour, common FROM pairs
                  UNION ALL SELECT b, a, common FROM pairs) p
            JOIN sizes i USING (item) JOIN sizes j ON p.neighbour = j.item
            QUALIFY row_number() OVER (PARTITION BY item ORDER BY score DESC, neighbour) <= 100
            """);

    private final Connection connection;

    /** Reads the events from a file that {@link #write} wrote. */
    DuckDbBuild(Path parquet) throws SQLException {
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
        execute("CREATE TABLE events AS SELECT * FROM read_parquet('" + parquet + "')");
    }

    static void write(ShopColumns shop, Path parquet) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE events (item INTEGER, session INTEGER, millis BIGINT)");
            try (DuckDBAppender appender =
                    connection.unwrap(DuckDBConnection.class).createAppender("main", "events")) {
                for (int event = 0; event < shop.size(); event++) {
                    appender.beginRow();
                    appender.append(shop.items()[event]);
                    appender.append(shop.sessions()[event]);
                    appender.append(shop.millis()[event]);
                    appender.endRow();
                }
            }
            statement.execute(String.format(Locale.ROOT, "COPY events TO '%s' (FORMAT PARQUET)", parquet));
        }
    }

    @Override
    public void build() throws SQLException {
        for (String step : STEPS) {
            execute(step);
        }
    }

    @Override
    public void rows(RowTaker taker) throws SQLException {
        String sql =
                "SELECT item, list(neighbour ORDER BY score DESC, neighbour), list(score ORDER BY score DESC, neighbour)"
                        + " FROM neighbours GROUP BY item";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                Object[] neighbours = (Object[]) rows.getArray(2).getArray();
                Object[] scores = (Object[]) rows.getArray(3).getArray();
                taker.take(
                        rows.getInt(1),
                        IntStream.range(0, neighbours.length)
                                .map(i -> (Integer) neighbours[i])
                                .toArray(),
                        IntStream.range(0, scores.length)
                                .mapToDouble(i -> (Double) scores[i])
                                .toArray());
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the database in memory cannot be closed", e);
        }
    }
}
