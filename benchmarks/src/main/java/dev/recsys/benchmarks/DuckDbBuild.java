package dev.recsys.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A table of numbers, or a file, to a table of neighbours in memory, by SQL, on as many threads as there are processors. */
final class DuckDbBuild implements NeighbourBuild {
    private static final List<String> PAIRS = List.of(
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
    private static final String ROWS = """
            SELECT i.id, list(j.id ORDER BY score DESC, j.id), list(score ORDER BY score DESC, j.id)
            FROM neighbours n JOIN items i ON n.item = i.item JOIN items j ON n.neighbour = j.item GROUP BY i.id
            """;

    private final Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    private final List<String> steps;

    private DuckDbBuild(List<String> steps) throws SQLException {
        this.steps = steps;
    }

    /** Builds from a table in memory, which is read from a file that {@link #write} wrote. */
    static DuckDbBuild ofColumns(Path parquet) throws SQLException {
        DuckDbBuild build = new DuckDbBuild(PAIRS);
        build.execute("CREATE TABLE events AS SELECT * FROM read_parquet('" + parquet + "')");
        build.execute("CREATE VIEW items AS SELECT DISTINCT item, (item % 10) || '-' || item AS id FROM events");
        return build;
    }

    /** Builds from a file with ids as texts; they are numbered at once, for comparing numbers is what the rest does most. */
    static DuckDbBuild ofCsv(Path file) throws SQLException {
        List<String> steps = new ArrayList<>();
        steps.add("""
                CREATE TEMP TABLE texts AS SELECT hash(session) AS session, item, ts FROM read_csv('%s', header = true,
                  columns = {'ts': 'BIGINT', 'user': 'VARCHAR', 'session': 'VARCHAR', 'item': 'VARCHAR', 'type': 'VARCHAR'})
                """.formatted(file));
        steps.add("""
                CREATE TEMP TABLE items AS
                SELECT item AS id, (row_number() OVER (ORDER BY item))::INTEGER AS item
                FROM (SELECT DISTINCT item FROM texts)
                """);
        steps.add("""
                CREATE TEMP TABLE events AS
                SELECT t.session, i.item, t.ts AS millis FROM texts t JOIN items i ON t.item = i.id
                """);
        steps.addAll(PAIRS);
        return new DuckDbBuild(steps);
    }

    static void write(ShopColumns shop, Path parquet) throws SQLException {
        try (DuckDbBuild files = new DuckDbBuild(List.of())) {
            files.execute("CREATE TABLE events (item INTEGER, session INTEGER, millis BIGINT)");
            try (DuckDBAppender appender =
                    files.connection.unwrap(DuckDBConnection.class).createAppender("main", "events")) {
                for (int event = 0; event < shop.size(); event++) {
                    appender.beginRow();
                    appender.append(shop.items()[event]);
                    appender.append(shop.sessions()[event]);
                    appender.append(shop.millis()[event]);
                    appender.endRow();
                }
            }
            files.execute("COPY events TO '" + parquet + "' (FORMAT PARQUET)");
        }
    }

    @Override
    public void build() throws SQLException {
        for (String step : steps) {
            execute(step);
        }
    }

    @Override
    public void rows(RowTaker taker) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ROWS)) {
            while (rows.next()) {
                Object[] ids = (Object[]) rows.getArray(2).getArray();
                Object[] scores = (Object[]) rows.getArray(3).getArray();
                taker.take(
                        rows.getString(1),
                        IntStream.range(0, ids.length)
                                .mapToObj(i -> new Neighbour((String) ids[i], (Double) scores[i]))
                                .toList());
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
