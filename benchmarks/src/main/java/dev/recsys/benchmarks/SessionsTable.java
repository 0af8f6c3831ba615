package dev.recsys.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.recsys.benchmarks.PacedLoad.Round;
import dev.recsys.publish.Build;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.SnapshotStatus;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Sessions at the size and the rate of Serenade (Kersbergen, Sprangers, Schelter: Serenade - Low-Latency Session-Based
 * Recommendation in e-Commerce at Scale, SIGMOD 2022): 6.5 million items, 1,000 requests a second on two processors. Times count from when a request
 * was due, so that one that waits for another counts its waiting. What {@code FOLDER} has from a run before is used again.
 */
public final class SessionsTable {
    private static final int THREADS = 2;
    private static final int MOST_SESSIONS = 200_000;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Path folder;

    SessionsTable(Path folder) {
        this.folder = folder;
    }

    /**
     * How much is asked of what.
     *
     * @param items in the shop
     * @param neighbours of each item, in each of two tables
     * @param perSecond requests
     * @param time how long
     */
    record Size(int items, int neighbours, double perSecond, Duration time) {}

    /** Measures: {@code FOLDER [ITEMS [NEIGHBOURS [PER_SECOND [SECONDS]]]]}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int items = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6_500_000;
        int neighbours = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        double perSecond = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 1_000;
        int seconds = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 60;
        System.out.print(new SessionsTable(Path.of(arguments[0]))
                .measured(new Size(items, neighbours, perSecond, Duration.ofSeconds(seconds))));
    }

    /** Returns the table. */
    String measured(Size size) throws IOException, InterruptedException {
        SessionShop shop = new SessionShop(size.items(), size.neighbours());
        Path place = folder.resolve(size.items() + "-" + size.neighbours());
        boolean isShipped = Files.exists(place);
        try (FileBlobStore store = isShipped ? FileBlobStore.at(place) : FileBlobStore.create(place)) {
            if (!isShipped) {
                ship(shop, store);
            }
            try (EmbeddedRecommender recommender = EmbeddedRecommender.builder(store)
                    .ranking(SessionShop.config())
                    .refreshInterval(Duration.ofDays(1))
                    .memoryBudget(Long.MAX_VALUE) // what a manifest says that it may need at most is more than it takes
                    .build()) {
                return measured(size, recommender, load(shop, size));
            }
        }
    }

    private void ship(SessionShop shop, FileBlobStore store) throws IOException {
        Build build = shop.write(folder.resolve("build"));
        ManifestPublisher.open(store, "benchmark")
                .ship(ShipRequest.of(SyntheticShop.SCOPE, build, "a benchmark").createSurface());
        Folders.delete(folder.resolve("build"));
    }

    private static PacedLoad load(SessionShop shop, Size size) {
        int sessions = Math.min(MOST_SESSIONS, 10 * size.items());
        return new PacedLoad(
                shop.requests(sessions),
                THREADS,
                size.perSecond(),
                answer -> answer.items().size() == SessionShop.K
                        && answer.degradations().isEmpty());
    }

    private static String measured(Size size, EmbeddedRecommender recommender, PacedLoad load)
            throws InterruptedException {
        double emptyBytes = LiveHeap.bytes();
        long startNanos = System.nanoTime();
        long startCpuNanos = SYSTEM.getProcessCpuTime();
        SnapshotStatus status = recommender.preload(
                SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), Duration.ofMinutes(10));
        double loadSeconds = (System.nanoTime() - startNanos) / 1e9;
        double loadCpuSeconds = (SYSTEM.getProcessCpuTime() - startCpuNanos) / 1e9;
        double loadedBytes = LiveHeap.bytes() - emptyBytes;
        var unused = load.round(recommender, size.time().dividedBy(6)); // warms up, and brings the working memory up
        double servingBytes = LiveHeap.bytes() - emptyBytes;
        long servingCpuNanos = SYSTEM.getProcessCpuTime();
        Round round = load.round(recommender, size.time());
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - servingCpuNanos) / 1e9;
        return String.format(
                        Locale.ROOT,
                        "%,d items, %,d neighbours in two tables, artifacts of %,.0f MB%n"
                                + "load %.1f s, %.1f s of processor time; heap after it %,.0f MB, %,.0f bytes an item;"
                                + " with working memory %,.0f MB%n",
                        size.items(),
                        2L * size.items() * size.neighbours(),
                        status.revision().orElseThrow().manifest().sizeBytes() / 1e6,
                        loadSeconds,
                        loadCpuSeconds,
                        loadedBytes / 1e6,
                        loadedBytes / size.items(),
                        servingBytes / 1e6)
                + "| requests | from | p50 us | p90 us | p99 us | p99.9 us | longest ms | CPU us a request | of 2 processors | failed |\n"
                + "|---|---|---|---|---|---|---|---|---|---|\n"
                + row("due", round, round.due(), cpuSeconds / (size.time().toMillis() / 1e3) / 2, load.failures())
                + row("asked", round, round.wall(), cpuSeconds / (size.time().toMillis() / 1e3) / 2, load.failures());
    }

    private static String row(String from, Round round, Histogram times, double share, long failures) {
        return String.format(
                Locale.ROOT,
                "| %,d | %s | %,.0f | %,.0f | %,.0f | %,.0f | %,.1f | %,.1f | %.1f %% | %d |%n",
                times.count(),
                from,
                times.micros(0.5),
                times.micros(0.9),
                times.micros(0.99),
                times.micros(0.999),
                times.mostMicros() / 1e3,
                round.processor().meanMicros(),
                100 * share,
                failures);
    }
}
