package dev.recsys.benchmarks;

import dev.recsys.RecommendationRequest;
import dev.recsys.RecommendedItem;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.table.RowKeys;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A release of a million items and a hundred million neighbours: what a process takes to serve it, and for a request with 20
 * recent ids for the best 20 with popularity blended in. {@code FOLDER} must not exist. Each way to load has a JVM of its
 * own; all must give equal answers. Peers are left out: JSON of this size is 4.5 GB.
 */
public final class MillionTable {
    private static final List<String> JVM = List.of("-Xmx2g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    private static final List<String> WAYS =
            List.of("heap, from the store", "heap, from local copies", "mapped, from local copies");
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final int VISITORS = 10_000;
    private static final int ROUNDS = 3;

    private final Path folder;
    private final int items;
    private final int visitors;

    MillionTable(Path folder, int items, int visitors) {
        this.folder = folder;
        this.items = items;
        this.visitors = visitors;
    }

    /** Measures: {@code FOLDER [ITEMS [NEIGHBOURS]]}; of itself it is called with {@code serve FOLDER ITEMS WAY}. */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("serve")) {
            MillionTable table = new MillionTable(Path.of(arguments[1]), Integer.parseInt(arguments[2]), VISITORS);
            System.out.print(table.serve(Integer.parseInt(arguments[3])));
            return;
        }
        int items = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        int neighbours = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
        MillionTable table = new MillionTable(Path.of(arguments[0]), items, VISITORS);
        table.ship(neighbours);
        System.out.print(table.measured());
    }

    /** Writes the build, ships it and keeps local copies of it. */
    void ship(int neighbours) throws IOException {
        Build build = write(neighbours);
        try (FileBlobStore store = FileBlobStore.create(folder.resolve("store"))) {
            ManifestPublisher.open(store, "benchmark")
                    .ship(ShipRequest.of(SyntheticShop.SCOPE, build, "benchmark")
                            .createSurface());
            try (EmbeddedRecommender reader = recommender(store, 1)) {
                boolean unused = reader.invalidate(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface())
                        .join() // the copies are kept then
                        .revision()
                        .isPresent();
            }
        }
    }

    private Build write(int neighbours) throws IOException {
        SyntheticNeighbours shop = new SyntheticNeighbours(items, neighbours);
        try (BuildWriter build = BuildWriter.into(folder.resolve("build"), SyntheticShop.SCOPE, "sku")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                shop.writePopularityTo(table);
            }
            try (TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
                shop.writeTo(table);
            }
            return build.finish(new Window(NOW.minusSeconds(86_400), NOW), NOW, Map.of());
        }
    }

    private EmbeddedRecommender recommender(FileBlobStore store, int way) {
        EmbeddedRecommender.Builder builder = EmbeddedRecommender.builder(store);
        if (way > 0) {
            builder.localCopies(folder.resolve("copies"));
        }
        return way == 2 ? builder.mapArtifacts().build() : builder.build();
    }

    private static void preload(EmbeddedRecommender reader) {
        reader.preload(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), Duration.ofMinutes(1));
    }

    /** Returns the table. */
    String measured() throws IOException {
        StringBuilder table = new StringBuilder("| | MB on disk | load CPU ms | wall ms | heap MB | peak RSS MB "
                + "| request CPU us | p50 us | p99 us | bytes |\n|---|---|---|---|---|---|---|---|---|---|\n");
        String answers = "";
        for (int way = 0; way < WAYS.size(); way++) {
            String[] printed = FreshProcess.run(
                            MillionTable.class,
                            JVM,
                            List.of("serve", folder.toString(), Integer.toString(items), Integer.toString(way)))
                    .split("\n", -1);
            if (way > 0 && !printed[0].equals(answers)) {
                throw new IllegalStateException(WAYS.get(way) + " gives other answers than " + WAYS.get(0));
            }
            answers = printed[0];
            table.append(printed[1]).append('\n');
        }
        return table.toString();
    }

    /** Loads in this process and serves; returns a line that depends on all answers, and a row. */
    String serve(int way) throws IOException {
        List<RecommendationRequest> requests = requests();
        long heapBytes = FreshProcess.heapBytes();
        long cpuNanos = FreshProcess.cpuNanos();
        long startNanos = System.nanoTime();
        try (FileBlobStore store = FileBlobStore.at(folder.resolve(way == 0 ? "store" : "gone"));
                EmbeddedRecommender reader = recommender(store, way)) {
            preload(reader);
            long wallNanos = System.nanoTime() - startNanos;
            cpuNanos = FreshProcess.cpuNanos() - cpuNanos;
            heapBytes = FreshProcess.heapBytes() - heapBytes;
            String loaded = String.format(
                    Locale.ROOT,
                    "%,.1f | %,.0f | %,.0f | %,.1f | %,.0f",
                    sizeBytes(reader) / 1e6,
                    cpuNanos / 1e6,
                    wallNanos / 1e6,
                    heapBytes / 1e6,
                    FreshProcess.peakBytes() / 1e6);
            return answers(reader, requests) + "\n| " + WAYS.get(way) + " | " + loaded + " | "
                    + asked(reader, requests);
        }
    }

    private static long sizeBytes(EmbeddedRecommender reader) {
        return reader.status(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface())
                .revision()
                .orElseThrow()
                .manifest()
                .sizeBytes();
    }

    private static String asked(EmbeddedRecommender reader, List<RecommendationRequest> requests) {
        Rounds.Figures figures = new Rounds(ROUNDS)
                .measure(List.of(new Rounds.Entry(new Requests(reader, requests), requests.size())))
                .get(0);
        return String.format(
                Locale.ROOT,
                "%.1f | %.1f | %.1f | %,d |",
                figures.cpuNanos() / 1e3,
                figures.p50Nanos() / 1e3,
                figures.p99Nanos() / 1e3,
                figures.bytes());
    }

    private List<RecommendationRequest> requests() {
        return new SyntheticShop(items)
                .visitors(visitors).stream()
                        .map(recent -> RecommendationRequest.of(
                                        SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface())
                                .recentItems(recent)
                                .k(20)
                                .build())
                        .toList();
    }

    private static String answers(EmbeddedRecommender reader, List<RecommendationRequest> requests) {
        int hash = 0;
        for (RecommendationRequest request : requests) {
            List<RecommendedItem> found = reader.recommend(request).items();
            if (found.size() != 20) {
                throw new IllegalStateException(found.size() + " items for " + request.recentItems());
            }
            hash = 31 * hash + found.toString().hashCode();
        }
        return "answers " + hash;
    }

    private record Requests(EmbeddedRecommender reader, List<RecommendationRequest> requests) implements Contender {
        @Override
        public String name() {
            return "recsys";
        }

        @Override
        public int run(int input) {
            return reader.recommend(requests.get(input)).items().size();
        }
    }
}
