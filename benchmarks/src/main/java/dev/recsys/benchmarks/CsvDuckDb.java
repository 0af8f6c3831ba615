package dev.recsys.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The file to a table in memory, by SQL; ids are numbered at once, for comparing numbers is what the rest does most. */
final class CsvDuckDb implements CsvBuild {
    private static final String READ = """
            CREATE TEMP TABLE events AS SELECT hash(session) AS session, item, ts FROM read_csv('%s', header = true,
              columns = {'ts': 'BIGINT', 'user': 'VARCHAR', 'session': 'VARCHAR', 'item': 'VARCHAR', 'type': 'VARCHAR'})
            """;
    private static final List<String> STEPS = List.of(
            """
            CREATE TEMP TABLE items AS
            SELECT item AS id, (row_number() OVER (ORDER BY item))::INTEGER AS item FROM (SELECT DISTINCT item FROM events)
            """,
            """
            CREATE TEMP TABLE numbered AS
            SELECT e.session, i.item, e.ts FROM events e JOIN items i ON e.item = i.id
            """,
            """
            CREATE TEMP TABLE baskets AS
            WITH long AS (SELECT session FROM numbered GROUP BY session HAVING count(*) > 50)
            SELECT DISTINCT session, item FROM (
              SELECT session, item FROM numbered ANTI JOIN long USING (session)
              UNION ALL
              SELECT session, item FROM numbered SEMI JOIN long USING (session)
              QUALIFY row_number() OVER (PARTITION BY session ORDER BY ts DESC) <= 50)
            """,
            "CREATE TEMP TABLE sizes AS SELECT item, count(*)::DOUBLE AS n FROM baskets GROUP BY item",
            """
            CREATE TEMP TABLE pairs AS
            SELECT a.item AS a, b.item AS b, count(*) AS common
            FROM baskets a JOIN baskets b ON a.session = b.session AND a.item < b.item GROUP BY ALL
            """,
            """
            CREATE TEMP TABLE neighbours AS
            SELECT item, neighbour, common / sqrt(i.n * j.n) AS score
            FROM (SELECT a AS item, b AS neighbour, common FROM pairs
                  UNION ALL SELECT b, a, common FROM pairs) p
            JOIN sizes i USING (item) JOIN sizes j ON p.neighbour = j.item
            QUALIFY row_number() OVER (PARTITION BY item ORDER BY score DESC, neighbour) <= 100
            """);

    private final Path file;
    private final Connection connection;

    CsvDuckDb(Path file) throws SQLException {
        this.file = file;
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    @Override
    public void build() throws SQLException {
        execute(READ.formatted(file));
        for (String step : STEPS) {
            execute(step);
        }
    }

    @Override
    public Map<String, List<Neighbour>> rows() throws SQLException {
        String sql = "SELECT i.id, j.id, score FROM neighbours n JOIN items i ON n.item = i.item"
                + " JOIN items j ON n.neighbour = j.item ORDER BY i.id, score DESC, j.id";
        Map<String, List<Neighbour>> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getString(1), item -> new ArrayList<>())
                        .add(new Neighbour(rows.getString(2), rows.getDouble(3)));
            }
        }
        return found;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
