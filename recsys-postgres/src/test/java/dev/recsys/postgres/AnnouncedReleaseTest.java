package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.testkit.MemoryBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recommender that looks once a day serves what was shipped or rolled back as soon as the database tells it. */
class AnnouncedReleaseTest {
    private final MemoryBlobStore store = MemoryBlobStore.open();

    @TempDir
    private Path directory;

    @Test
    void whatIsPublishedElsewhereIsServedBecauseTheDatabaseTellsIt() throws IOException {
        try (PostgresDatabase database = TestServer.newDatabaseOpened();
                PostgresControls controls = PostgresControls.builder(database)
                        .refreshInterval(Duration.ofDays(1))
                        .open()) {
            database.editor("ann").tenants().create("acme", "a test");
            ServedShop.ship(store, directory.resolve("first"));
            try (EmbeddedRecommender recommender = EmbeddedRecommender.builder(store)
                    .controls(controls)
                    .refreshInterval(Duration.ofDays(1))
                    .build()) {
                controls.addListener(change -> {
                    if (change.concernsReleases()) {
                        recommender.invalidateKnown(change.tenant(), change.surface());
                    }
                });
                assertThat(controls.awaitAnswer(Duration.ofSeconds(30))).isTrue();
                var unused = recommender.preload("acme", "home", Duration.ofSeconds(30));
                ManifestPublisher.Builder elsewhere =
                        ManifestPublisher.builder(store, "nightly").listener(database.publications());
                long first = recommender.recommend("acme", "home", "u").release();
                try (ManifestPublisher publisher = elsewhere.build()) {
                    var second = publisher.ship(ShipRequest.of(
                            ServedShop.HOME, ServedShop.build(directory.resolve("second"), 40), "newer"));
                    await(recommender, second.id());
                    var back = publisher.rollback(second, "looks odd");
                    assertThat(back.id()).isEqualTo(first);
                    await(recommender, first);
                }
                assertThat(database.editor("reader").audit("acme", 10))
                        .extracting(entry -> entry.kind() + " " + entry.action())
                        .containsExactly("release rollback", "release ship", "tenant create");
            }
        }
    }

    private static void await(EmbeddedRecommender recommender, long release) {
        long endNanos = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (recommender.recommend("acme", "home", "u").release() != release) {
            assertThat(System.nanoTime())
                    .as("release " + release + " was not served")
                    .isLessThan(endNanos);
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }
}
