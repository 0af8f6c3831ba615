package dev.recsys.benchmarks;

import dev.recsys.RecommendedItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** One request against the same ranking on string maps; see {@link RecommendWork}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@SuppressWarnings("NullAway.Init") // JMH calls open() before it measures
public class RecommendBenchmark {
    /** The number of items in the catalogue. */
    @Param("100000")
    public int items;

    private Path folder;
    private RecommendWork work;

    /** Ships the shop. */
    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("recsys-benchmark");
        work = new RecommendWork(folder, items);
    }

    /** Deletes it. */
    @TearDown
    public void close() throws IOException {
        work.close();
        Folders.delete(folder);
    }

    /** By the recommender. */
    @Benchmark
    public List<RecommendedItem> recsys() {
        return work.recsys();
    }

    /** By its peer. */
    @Benchmark
    public List<RecommendedItem> stringMaps() {
        return work.stringMaps();
    }
}
