package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;

import dev.recsys.artifact.Release;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.trust.TrustList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A surface with three releases, one publisher whose store may fail and another whose does not, and a pointer to spoil. */
abstract class ThreeShips {
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    final Publishers publishers = new Publishers(FakeClock.at("2026-02-01T00:00:00Z"));
    final MemoryBlobStore store = MemoryBlobStore.open();
    final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    final ManifestPublisher publisher = publishers.over(faulty, "test");
    final ManifestPublisher other = publishers.over(store.anotherEndpoint(), "other");

    @TempDir
    private Path directory;

    Builds builds;

    @BeforeEach
    void shipThree() {
        builds = new Builds(directory);
        for (int i = 1; i <= 3; i++) {
            ship(i);
        }
    }

    /** Ships as the other publisher. */
    final Release ship(int salt) {
        return ship(other, salt);
    }

    final Release ship(ManifestPublisher by, int salt) {
        return by.ship(ShipRequest.of(SCOPE, builds.popularityOnly(5, salt), "ship " + salt)
                .createSurface());
    }

    final Blob read(BlobKey key) {
        return ((ReadResult.Found) store.read(key, BlobVersion.ABSENT, 1 << 20, TIMEOUT)).blob();
    }

    /** Reads the entry that the history has of a revision of the first epoch. */
    final byte[] entry(long seq) {
        return read(ScopeKeys.history(SCOPE, 1, seq)).bytes();
    }

    final byte[] pointerBytes() {
        return read(ScopeKeys.current(SCOPE)).bytes();
    }

    final Pointer pointer() {
        return PointerCodec.decode(TrustList.ANYONE, SCOPE, "test", pointerBytes());
    }

    /** Writes over the pointer, as a restore from a backup does, or somebody who should not. */
    final void overwrite(byte[] bytes) {
        BlobKey current = ScopeKeys.current(SCOPE);
        store.compareAndSet(current, read(current).version(), bytes, TIMEOUT);
    }

    final void spoil() {
        overwrite("not a pointer".getBytes(StandardCharsets.UTF_8));
    }
}
