package dev.recsys.benchmarks;

import dev.recsys.Recommendations;
import dev.recsys.publish.Build;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.SnapshotStatus;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How long a fresh process takes from nothing to its first answer, from local copies, with the store gone. No JMH: what
 * counts is the first time, in a cold JVM. {@code write FOLDER ITEMS} makes the copies, {@code start FOLDER} measures.
 */
public final class ColdStart {
    private final Path folder;

    ColdStart(Path folder) {
        this.folder = folder;
    }

    /** Writes copies, or starts from them. */
    public static void main(String[] arguments) throws IOException {
        ColdStart work = new ColdStart(Path.of(arguments[1]));
        System.out.println(arguments[0].equals("write") ? work.write(Integer.parseInt(arguments[2])) : work.start());
    }

    /** Ships a shop and lets a reader keep copies of it. */
    String write(int items) throws IOException {
        Build build = new SyntheticShop(items).write(folder.resolve("build"));
        try (FileBlobStore store = FileBlobStore.create(folder.resolve("store"));
                EmbeddedRecommender reader = over(store)) {
            ManifestPublisher.open(store, "benchmark")
                    .ship(ShipRequest.of(SyntheticShop.SCOPE, build, "benchmark")
                            .createSurface());
            SnapshotStatus status = reader.invalidate(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface())
                    .join();
            return status.state() + " " + status.lastError().orElse("");
        }
    }

    /** Starts without the store, and says how long it took. */
    String start() {
        long startNanos = System.nanoTime();
        try (FileBlobStore gone = FileBlobStore.at(folder.resolve("gone"));
                EmbeddedRecommender reader = over(gone)) {
            SnapshotStatus status =
                    reader.preload(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), Duration.ofMinutes(1));
            Recommendations answer =
                    reader.recommend(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), "nobody");
            double millis = (System.nanoTime() - startNanos) / 1e6;
            long bytes = status.revision().orElseThrow().manifest().sizeBytes();
            List<String> kinds = answer.degradations().stream()
                    .map(degradation -> degradation.kind().name())
                    .toList();
            return String.format(
                    Locale.ROOT,
                    "%,d bytes, %d items answered after %.0f ms, %s",
                    bytes,
                    answer.items().size(),
                    millis,
                    kinds);
        }
    }

    private EmbeddedRecommender over(FileBlobStore store) {
        return EmbeddedRecommender.builder(store)
                .localCopies(folder.resolve("copies"))
                .build();
    }
}
