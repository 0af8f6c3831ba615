package dev.recsys.benchmarks;

import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Loading a table against parsing its JSON export; see {@link LoadWork}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@SuppressWarnings("NullAway.Init") // JMH calls open() before it measures
public class LoadBenchmark {
    /** The number of items, which is the number of rows. */
    @Param("100000")
    public int items;

    private Path folder;
    private LoadWork work;

    /** Writes both files. */
    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("recsys-benchmark");
        work = new LoadWork(folder, items);
        System.out.println(work.sizes());
    }

    /** Deletes them. */
    @TearDown
    public void close() throws IOException {
        Folders.delete(folder);
    }

    /** By the reader of tables. */
    @Benchmark
    public Table recsys() throws IOException {
        return work.recsys();
    }

    /** By its peer. */
    @Benchmark
    public Map<String, List<ScoredItem>> jackson() throws IOException {
        return work.jackson();
    }
}
