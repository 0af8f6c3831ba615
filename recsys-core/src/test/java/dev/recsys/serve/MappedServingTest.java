package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Release;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.SnapshotStatus.State;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader whose tables stay in their local copies, from the store to the answer. */
@Timeout(120)
class MappedServingTest {
    private static final Duration ENOUGH = Duration.ofSeconds(20);
    private static final int ITEMS = 200;

    private final Publishers publishers = new Publishers(FakeClock.at("2026-02-01T00:00:00Z"));
    private final FaultyBlobStore store = FaultyBlobStore.over(MemoryBlobStore.open());
    private final ManifestPublisher publisher = publishers.over(store, "test");

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void setUp() {
        builds = new Builds(directory);
    }

    private EmbeddedRecommender.Builder builder() {
        return EmbeddedRecommender.builder(store).ambient(publishers.ambient()).refreshInterval(Duration.ofHours(1));
    }

    private EmbeddedRecommender mapped() {
        return builder().localCopies(directory.resolve("copies")).mapArtifacts().build();
    }

    /** Ships a release of so many items more than {@link #ITEMS} as its number says. */
    private Release ship(int id) {
        return publisher.ship(
                ShipRequest.of(SCOPE, builds.both(ITEMS + id, id), "ship " + id).createSurface());
    }

    private static SnapshotStatus poll(EmbeddedRecommender reader) {
        return reader.invalidate("acme", "home").join();
    }

    private static Recommendations after(EmbeddedRecommender reader, int item) {
        return reader.recommend(RecommendationRequest.of("acme", "home")
                .recentItems(List.of("i" + item))
                .k(1_000)
                .build());
    }

    private Path copyOf(Release release, ArtifactType type) {
        return directory.resolve(
                "copies/acme/home/" + release.manifest().digests().get(type) + ".rst");
    }

    @Test
    void answersAreEqualToThoseFromTheHeapAndTakeLessOfIt() {
        ship(1);
        try (EmbeddedRecommender onHeap = builder().build();
                EmbeddedRecommender mapped = mapped()) {
            long heapBytes = onHeap.preload("acme", "home", ENOUGH).heapBytes();

            assertThat(mapped.preload("acme", "home", ENOUGH).heapBytes()).isLessThan(heapBytes);

            for (int item = 0; item <= ITEMS; item++) {
                assertThat(after(mapped, item)).as("after item %s", item).isEqualTo(after(onHeap, item));
            }
        }
    }

    @Test
    void aDamagedCopyIsNotServedAndIsFetchedAgainWhenTheStoreIsBack() throws IOException {
        ship(1);
        Release second;
        try (EmbeddedRecommender reader = mapped()) {
            poll(reader);
            second = ship(2);
            poll(reader);
        }
        Path copy = copyOf(second, ArtifactType.COOC);
        byte[] good = Files.readAllBytes(copy);
        for (int at = 0; at < good.length; at += 211) {
            byte[] bad = good.clone();
            bad[at] ^= 4;
            Files.delete(copy); // in place it would change what the reader before may still have mapped
            Files.write(copy, bad);
            store.always(Fault.UNAVAILABLE);
            try (EmbeddedRecommender reader = mapped()) {
                assertThat(poll(reader).revision().orElseThrow().release())
                        .as("byte %s", at)
                        .isEqualTo(1);
            }
        }
        store.heal();
        try (EmbeddedRecommender reader = mapped()) {
            assertThat(poll(reader).state()).isEqualTo(State.FRESH);
            assertThat(after(reader, 0).release()).isEqualTo(2);
        }
        assertThat(copy).hasBinaryContent(good);
    }

    @Test
    void releasesChangeWhileRequestsRunAndTheFilesOfOldOnesAreDeleted() throws Exception {
        Release first = ship(1);
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(2);
        try (EmbeddedRecommender reader = mapped()) {
            reader.preload("acme", "home", ENOUGH);
            List<CompletableFuture<Long>> visitors = List.of(
                    CompletableFuture.supplyAsync(() -> visit(reader, running, over)),
                    CompletableFuture.supplyAsync(() -> visit(reader, running, over)));
            running.await();

            for (int id = 2; id <= 12; id++) {
                ship(id);
                assertThat(poll(reader).revision().orElseThrow().release()).isEqualTo(id);
            }
            over.set(true);

            for (CompletableFuture<Long> visitor : visitors) {
                assertThat(visitor.get()).as("answers").isPositive();
            }
            assertThat(copyOf(first, ArtifactType.COOC)).doesNotExist();
        }
    }

    /** Asks again and again; every answer is of one release, whose number tells how many items it has. */
    private static long visit(EmbeddedRecommender reader, CountDownLatch running, AtomicBoolean over) {
        long answers = 0;
        long newest = 1;
        while (!over.get()) {
            Recommendations answer = after(reader, (int) (answers % ITEMS));
            assertThat(answer.items()).hasSize((int) (ITEMS + answer.release() - 1)); // the recent item is left out
            assertThat(answer.release()).isGreaterThanOrEqualTo(newest);
            newest = answer.release();
            answers++;
            if (answers == 1) {
                running.countDown();
            }
        }
        return answers;
    }

    @Test
    void withoutAFolderForCopiesNothingCanBeMapped() {
        assertThatThrownBy(() -> builder().mapArtifacts().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("localCopies");
    }
}
