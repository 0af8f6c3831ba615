package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;

import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A process that dies without any tidying up when release 2 is loaded, before it is kept. Its store is its own. */
final class DyingReader {
    static final int EXIT = 137;

    private DyingReader() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Publishers publishers = new Publishers(FakeClock.at("2026-02-01T00:00:00Z"));
        MemoryBlobStore store = MemoryBlobStore.open();
        ManifestPublisher publisher = publishers.over(store, "test");
        Builds builds = new Builds(Files.createTempDirectory(directory, "dying"));
        for (int id = 1; id <= 2; id++) {
            publisher.ship(
                    ShipRequest.of(SCOPE, builds.both(9 + id, id), "ship " + id).createSurface());
        }
        EmbeddedRecommender.Builder builder = EmbeddedRecommender.builder(store)
                .ambient(publishers.ambient())
                .localCopies(directory.resolve("copies"))
                .listener(new RecommenderListener() {
                    @Override
                    public void onLoaded(SnapshotStatus status, Duration took) {
                        Runtime.getRuntime().halt(EXIT);
                    }
                });
        try (EmbeddedRecommender reader = builder.build()) {
            reader.invalidate("acme", "home").join();
        }
    }
}
