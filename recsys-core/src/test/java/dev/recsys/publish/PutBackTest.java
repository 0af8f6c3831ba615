package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.DamagedException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.artifact.Release;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import dev.recsys.trust.TrustList;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PutBackTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Publishers publishers = new Publishers(FakeClock.at("2026-02-01T00:00:00Z"));
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    private final ManifestPublisher publisher = publishers.over(faulty, "test");
    private final ManifestPublisher other = publishers.over(store.anotherEndpoint(), "other");

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void shipThree() {
        builds = new Builds(directory);
        for (int i = 1; i <= 3; i++) {
            ship(i);
        }
    }

    private Release ship(int salt) {
        return other.ship(ShipRequest.of(SCOPE, builds.popularityOnly(5, salt), "ship " + salt)
                .createSurface());
    }

    private Blob blob() {
        return ((ReadResult.Found) store.read(ScopeKeys.current(SCOPE), BlobVersion.ABSENT, 1 << 16, TIMEOUT)).blob();
    }

    private Pointer pointer() {
        return PointerCodec.decode(TrustList.ANYONE, SCOPE, "test", blob().bytes());
    }

    private void putBack(byte[] bytes) {
        store.compareAndSet(ScopeKeys.current(SCOPE), blob().version(), bytes, TIMEOUT);
    }

    /** A backup of before the ceremony comes back: nothing in the old epoch tells, so nobody notices. */
    @Test
    void aPointerThatIsPutBackBehindANewEpochIsNoticed() {
        byte[] before = blob().bytes(); // 1/3
        other.newEpoch("acme", "home", "restored"); // 2/5
        ship(4); // 2/6; the history has 2/5
        putBack(before);

        assertThatThrownBy(() -> other.current("acme", "home")).isInstanceOf(DamagedException.class);
    }

    /** And it is shipped to, with success, in an epoch that readers have left. */
    @Test
    void aPointerThatIsPutBackBehindANewEpochIsNotShippedTo() {
        byte[] before = blob().bytes();
        other.newEpoch("acme", "home", "restored");
        ship(4);
        putBack(before);

        assertThatThrownBy(() -> ship(5)).isInstanceOf(DamagedException.class);
    }

    /** An operation of the new epoch that took effect, as its history entry proves, is told to be lost. */
    @Test
    void aCommittedCeremonyIsNotToldLostAfterThePointerIsPutBack() {
        byte[] before = blob().bytes();
        faulty.always(StoreCall.SWAP, Fault.LATE);
        OutcomeUnknownException unknown = catchThrowableOfType(
                OutcomeUnknownException.class, () -> publisher.newEpoch("acme", "home", "restored"));
        faulty.heal();
        faulty.landLate();
        assertThat(pointer().epoch()).isEqualTo(2);
        ship(4);
        putBack(before);

        Throwable[] thrown = new Throwable[1];
        Resolution[] found = new Resolution[1];
        thrown[0] = catchThrowable(() -> found[0] = other.resume(unknown.handle()));
        if (thrown[0] == null) {
            assertThat(found[0].outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
        }
    }

    /** One body that is cut short, once, while the ceremony reads a pinned release. */
    @Test
    void aPinSurvivesOneConnectionThatBreaks() {
        other.pin("acme", "home", 1, "keep");
        faulty.nth(StoreCall.COPY, 4, Fault.TRUNCATED); // current, 3, 2, 1

        publisher.newEpoch("acme", "home", "restored");

        assertThat(pointer().retention().pinned()).containsExactly(1L);
    }

    /** And what that leads to. */
    @Test
    void aPinnedReleaseIsNotCollectedBecauseOneConnectionBroke() {
        other.pin("acme", "home", 1, "keep");
        faulty.nth(StoreCall.COPY, 4, Fault.TRUNCATED);
        publisher.newEpoch("acme", "home", "restored");
        other.collect(CollectRequest.of(SCOPE, "retention").keepReleases(10).keepFor(Duration.ofDays(30)));

        assertThat(other.rollback(RollbackRequest.of(SCOPE, "back").to(1)).id()).isEqualTo(1);
    }
}
