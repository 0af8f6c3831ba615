package dev.recsys.benchmarks;

import dev.recsys.RecommendationRequest;
import dev.recsys.benchmarks.PacedLoad.Round;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.log.FileEventSink;
import dev.recsys.log.LogSettings;
import dev.recsys.log.LogStats;
import dev.recsys.log.PseudonymKeys;
import dev.recsys.log.SlowDisk;
import dev.recsys.publish.Build;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.store.fs.FileBlobStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What a request takes while all that is shown is logged to a slow disk, and without: rounds of both in one process, in the
 * order on, off, off, on. {@code FOLDER} must not exist. In the end every line that was counted as written is read.
 */
public final class LogUnderLoad {
    private static final int THREADS = 8;
    private static final long DISK_BYTES_PER_SECOND = 20_000_000;
    private static final Duration STALL = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Path folder;
    private final List<Round> on = new ArrayList<>();
    private final List<Round> off = new ArrayList<>();

    LogUnderLoad(Path folder) {
        this.folder = folder;
    }

    /**
     * How much is asked.
     *
     * @param items in the shop
     * @param exposures that are logged, in all
     * @param rounds with the log on, and as many with it off
     * @param perSecond requests of all threads
     */
    record Size(int items, int exposures, int rounds, double perSecond) {
        int each() {
            return exposures / rounds;
        }
    }

    /** Measures; {@code FOLDER [EXPOSURES [PER_SECOND]]}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int exposures = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        double perSecond = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 10_000;
        new LogUnderLoad(Path.of(arguments[0]))
                .run(new Size(20_000, exposures, 20, perSecond))
                .forEach(System.out::println);
    }

    /** Measures, and returns what is to be said. */
    List<String> run(Size size) throws IOException, InterruptedException {
        SyntheticShop shop = new SyntheticShop(size.items());
        Build build = shop.write(folder.resolve("build"));
        PacedLoad load = new PacedLoad(requests(shop), THREADS, size.perSecond());
        FileEventSink sink = sink();
        try (sink;
                FileBlobStore store = FileBlobStore.create(folder.resolve("store"))) {
            ManifestPublisher.open(store, "benchmark")
                    .ship(ShipRequest.of(SyntheticShop.SCOPE, build, "a benchmark")
                            .createSurface());
            try (EmbeddedRecommender logging =
                            EmbeddedRecommender.builder(store).eventSink(sink).build();
                    EmbeddedRecommender silent =
                            EmbeddedRecommender.builder(store).build()) {
                preload(logging);
                preload(silent);
                load.round(silent, size.each()); // warms up
                rounds(size, sink, load, logging, silent);
            }
        }
        return report(size, sink.stats(), load.failures());
    }

    private static List<RecommendationRequest> requests(SyntheticShop shop) {
        List<List<String>> visitors = shop.visitors(1_000);
        return IntStream.range(0, visitors.size())
                .mapToObj(i -> RecommendationRequest.of(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface())
                        .user("user-" + i)
                        .recentItems(visitors.get(i))
                        .build())
                .toList();
    }

    private FileEventSink sink() {
        return new SlowDisk(DISK_BYTES_PER_SECOND, STALL)
                .under(FileEventSink.builder(folder.resolve("log"))
                        .pseudonyms(PseudonymKeys.of("k1", new byte[32]))
                        .settings(LogSettings.DEFAULT.withCloseWithin(LONG)))
                .build();
    }

    private static void preload(EmbeddedRecommender recommender) {
        recommender.preload(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), Duration.ofMinutes(1));
    }

    private void rounds(
            Size size, FileEventSink sink, PacedLoad load, EmbeddedRecommender logging, EmbeddedRecommender silent)
            throws InterruptedException {
        for (int i = 0; i < 2 * size.rounds(); i++) {
            boolean isOn = i % 4 == 0 || i % 4 == 3;
            (isOn ? on : off).add(load.round(isOn ? logging : silent, size.each()));
            if (isOn && !sink.flush(LONG)) {
                throw new IllegalStateException("what was logged is not written after " + LONG);
            }
        }
    }

    private List<String> report(Size size, LogStats stats, long failures) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < size.rounds(); i++) {
            lines.add(String.format(
                    Locale.ROOT, "round %2d  on: %s   off: %s", i + 1, text(on.get(i)), text(off.get(i))));
        }
        lines.add(String.format(
                Locale.ROOT,
                "medians of rounds, on against off: p50 %.2f, p99 %.2f; processor time p50 %.2f, p99 %.2f",
                ratio(round -> round.wallMicros(0.5)),
                ratio(round -> round.wallMicros(0.99)),
                ratio(round -> round.processorMicros(0.5)),
                ratio(round -> round.processorMicros(0.99))));
        lines.add(failures + " answers without " + RecommendationRequest.DEFAULT_K + " items");
        long sum = stats.written() + stats.dropped() + stats.failed() + stats.queued();
        lines.add(String.format(
                Locale.ROOT,
                "%,d written + %,d dropped + %,d failed + %,d queued = %,d of %,d given; %,d bytes a line",
                stats.written(),
                stats.dropped(),
                stats.failed(),
                stats.queued(),
                sum,
                (long) size.each() * size.rounds(),
                stats.bytes() / Math.max(1, stats.written())));
        lines.add(String.format(Locale.ROOT, "%,d lines read back", readBack()));
        return lines;
    }

    private static String text(Round round) {
        return String.format(
                Locale.ROOT,
                "p50 %4.0f us, p99 %5.0f us, of the processor %4.0f us",
                round.wallMicros(0.5),
                round.wallMicros(0.99),
                round.processorMicros(0.99));
    }

    private double ratio(ToDoubleFunction<Round> figure) {
        return median(on, figure) / median(off, figure);
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Reads every line of the log; fails at one that is none. */
    private long readBack() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("log"))) {
            files = all.toList();
        }
        long lines = 0;
        for (Path file : files) {
            try (InputStream raw = Files.newInputStream(file);
                    InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                lines += reader.lines().map(ExposureDocument::read).count();
            }
        }
        return lines;
    }
}
