package dev.recsys.benchmarks;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** A table of numbers in memory to a table of neighbours in memory, by Spark's SQL in this process on two threads. */
final class SparkBuild implements NeighbourBuild {
    // no WITH inside: a cached table that has one was computed anew by each step that reads it
    private static final List<String> STEPS = List.of(
            """
            CACHE TABLE baskets OPTIONS ('storageLevel' 'MEMORY_ONLY') AS
            SELECT DISTINCT session, item FROM (
              SELECT session, item, row_number() OVER (PARTITION BY session ORDER BY millis DESC) AS back FROM events)
            WHERE back <= 50
            """, """
            CACHE TABLE sizes OPTIONS ('storageLevel' 'MEMORY_ONLY') AS
            SELECT item, CAST(count(*) AS DOUBLE) AS n FROM baskets GROUP BY item
            """, """
            CACHE TABLE neighbours OPTIONS ('storageLevel' 'MEMORY_ONLY') AS
            SELECT item, neighbour, score FROM (
              SELECT *, row_number() OVER (PARTITION BY item ORDER BY score DESC, neighbour) AS place FROM (
                SELECT p.item, neighbour, common / sqrt(i.n * j.n) AS score FROM (
                  SELECT inline(array(
                    struct(a AS item, b AS neighbour, common), struct(b AS item, a AS neighbour, common)))
                  FROM (
                    SELECT a.item AS a, b.item AS b, count(*) AS common
                    FROM baskets a JOIN baskets b ON a.session = b.session AND a.item < b.item
                    GROUP BY a.item, b.item)) p
                JOIN sizes i ON p.item = i.item JOIN sizes j ON p.neighbour = j.item))
            WHERE place <= 100
            """);

    private final SparkSession spark;

    /** Starts a session and reads so many events, into memory, from a file that {@link DuckDbBuild#write} wrote. */
    SparkBuild(Path parquet, int events) {
        String scratch = parquet.resolveSibling("spark").toAbsolutePath().toString();
        this.spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "localhost")
                .config("spark.local.dir", scratch)
                .config("spark.sql.warehouse.dir", scratch)
                .config("spark.sql.shuffle.partitions", 8) // 200 are for a cluster
                .getOrCreate();
        var table = spark.read()
                .parquet(parquet.toString())
                .limit(events)
                .repartition(2)
                .persist(StorageLevel.MEMORY_ONLY());
        table.createOrReplaceTempView("events");
        if (table.count() != events) {
            throw new IllegalStateException(parquet + " has " + table.count() + " events; expected " + events);
        }
    }

    @Override
    public void build() {
        for (String step : STEPS) {
            var unused = spark.sql(step);
        }
    }

    @Override
    public void rows(RowTaker taker) {
        String sql = "SELECT item, sort_array(collect_list(struct(-score, neighbour))) FROM neighbours GROUP BY item";
        for (Iterator<Row> rows = spark.sql(sql).toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            List<Row> neighbours = row.getList(1);
            taker.take(
                    ShopColumns.id(row.getInt(0)),
                    neighbours.stream()
                            .map(entry -> new Neighbour(ShopColumns.id(entry.getInt(1)), -entry.getDouble(0)))
                            .toList());
        }
    }

    @Override
    public void close() {
        spark.stop();
    }
}
