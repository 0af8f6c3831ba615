package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCopiesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final ManifestPublisher publisher = ManifestPublisher.open(store, "test");
    private final PointerReads pointers = new PointerReads(store, TrustList.ANYONE, TIMEOUT);
    private final ArtifactLoader artifacts = new ArtifactLoader(store, TIMEOUT);
    private final AtomicLong nanos = new AtomicLong();
    private final DiskWithOrWithoutRoom disk = new DiskWithOrWithoutRoom();

    @TempDir
    private Path directory;

    private Builds builds;
    private CopyFolder folder;
    private LocalCopies copies;

    @BeforeEach
    void setUp() throws IOException {
        builds = new Builds(directory.resolve("builds"));
        folder = new CopyFolder(directory.resolve("copies"), SCOPE, pointers, artifacts);
        Files.createDirectories(folder.path());
        copies = new LocalCopies(
                folder,
                disk,
                new LoadMarkers(folder.path(), disk, nanos::get, Duration.ofMinutes(10)),
                artifacts,
                new DiskRetry(nanos::get));
    }

    private static final class DiskWithOrWithoutRoom extends LocalDisk {
        private boolean full;

        @Override
        void write(Path target, Content content) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            super.write(target, content);
        }
    }

    private ArtifactRef ship(int salt) {
        publisher.ship(ShipRequest.of(SCOPE, builds.popularityOnly(5, salt), "ship " + salt)
                .createSurface());
        return current()
                .pointer()
                .manifest()
                .value()
                .artifact(ArtifactType.POPULARITY)
                .orElseThrow();
    }

    private StoredPointer current() {
        return pointers.existing(SCOPE);
    }

    private void keepCurrent() {
        copies.keep(current());
        copies.tidy();
    }

    @Test
    void whatIsSaidToBeKeptIsWholeThoughTheDiskWasFullAtFirst() throws IOException {
        ArtifactRef ref = ship(1);
        Revision revision = current().pointer().toRevision(true);
        Files.write(folder.fileOf(ref), new byte[(int) ref.sizeBytes()]); // damaged, as long as it should be
        disk.full = true;
        try (LoadMarkers.Attempt attempt = copies.begin(revision)) {
            assertThat(copies.load(revision, List.of(ArtifactType.POPULARITY), attempt))
                    .hasSize(1);
            copies.keep(current());
        }
        assertThat(copies.problem()).isPresent();

        disk.full = false;
        nanos.addAndGet(Duration.ofHours(2).toNanos());
        copies.leftover().ifPresent(copies::keep);

        assertThat(copies.problem()).isEmpty();
        assertThat(folder.holdsExactly(ref)).isTrue();
    }

    @Test
    void theBuildBeforeStaysWhenANewEpochGoesOnWithTheSameOne() throws IOException {
        ArtifactRef first = ship(1);
        keepCurrent();
        ArtifactRef second = ship(2);
        keepCurrent();

        publisher.newEpoch("acme", "home", "restored");
        keepCurrent();

        assertThat(folder.holdsExactly(first)).isTrue();
        assertThat(folder.holdsExactly(second)).isTrue();
        assertThat(folder.pointers().readable())
                .as("of each build the newest")
                .extracting(stored -> stored.pointer().seq())
                .containsExactly(3L, 1L);
    }

    @Test
    void twoBuildsStayAndNoMore() throws IOException {
        ArtifactRef first = ship(1);
        keepCurrent();
        ship(2);
        keepCurrent();
        publisher.hold("acme", "home", "wait", Optional.empty());
        keepCurrent();
        assertThat(folder.holdsExactly(first)).isTrue();
        publisher.unhold("acme", "home", "go on");

        ship(3);
        keepCurrent();

        assertThat(folder.holds(first)).isFalse();
        assertThat(folder.pointers().readable()).hasSize(2);
    }
}
