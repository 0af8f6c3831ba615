package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.ConflictException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.Sha256;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What meets a ceremony, comes before it or after it, at the worst moment. */
class NewEpochHazardsTest extends ThreeShips {
    private Revision newEpoch(ManifestPublisher by) {
        return by.newEpoch("acme", "home", "restored").revision();
    }

    /** Two ceremonies at once; the loser computed a lower number than the winner. */
    @Test
    void ofTwoNewEpochsTheLoserIsTold() {
        faulty.beforeNext(StoreCall.SWAP, () -> newEpoch(other));
        assertThatThrownBy(() -> newEpoch(publisher)).isInstanceOf(ConflictException.class);
    }

    @Test
    void ofTwoNewEpochsTheLoserIsToldWhenItIsResumed() {
        OutcomeUnknownException unknown = unknownEpoch();
        newEpoch(other);
        ship(4);
        ship(5);
        assertThat(other.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.LOST);
    }

    @Test
    void ofTwoNewEpochsTheLoserCanBeAborted() {
        OutcomeUnknownException unknown = unknownEpoch();
        newEpoch(other);
        ship(4);
        assertThat(other.abort(unknown.handle(), "enough").outcome()).isEqualTo(Resolution.Outcome.LOST);
    }

    /** Begins an epoch whose swap gets lost on the way each time. */
    private OutcomeUnknownException unknownEpoch() {
        faulty.always(StoreCall.SWAP, Fault.REQUEST_LOST);
        OutcomeUnknownException unknown =
                catchThrowableOfType(OutcomeUnknownException.class, () -> newEpoch(publisher));
        faulty.heal();
        return unknown;
    }

    /** A pin between the listing and the read of the pointer. */
    @Test
    void aPinThatIsInTheBaseStays() {
        faulty.afterNext(StoreCall.LIST, () -> other.pin("acme", "home", 3, "keep"));
        assertThatThrownBy(() -> newEpoch(publisher)).isInstanceOf(ConflictException.class);
        assertThat(pointer().retention().pinned()).contains(3L);
    }

    /** Ships between the listing and the read of the pointer. */
    @Test
    void releasesThatTheBaseRetainsStay() {
        faulty.afterNext(StoreCall.LIST, () -> ship(4));
        assertThatThrownBy(() -> newEpoch(publisher)).isInstanceOf(ConflictException.class);
        assertThat(other.rollback("acme", "home", "back").id()).isEqualTo(3);
    }

    /** The pointer is lost twice, with nobody between. */
    @Test
    void aNumberIsNotUsedTwiceWhenThePointerIsLostTwice() {
        spoil();
        Revision first = newEpoch(publisher);
        spoil();
        Revision second = other.newEpoch("acme", "home", 1, "lost again").revision();
        assertThat(List.of(second.epoch(), second.seq())).isNotEqualTo(List.of(first.epoch(), first.seq()));
    }

    /** A release that is named, not retained, and being deleted. */
    @Test
    void whatANewEpochBeginsWithIsNotDeletedByACollectorThatRanBefore() {
        faulty.beforeNext(StoreCall.DELETE, () -> other.newEpoch("acme", "home", 1, "release 1 was good"));
        publisher.collect(CollectRequest.of(SCOPE, "retention").keepReleases(1).keepFor(Duration.ZERO));
        assertThat(pointer().epoch()).as("the ceremony was refused").isEqualTo(1);
        assertThat(other.scrub("acme", "home").damages()).isEmpty();
    }

    private Sha256 digestOfTheSecond() {
        return other.history("acme", "home", 10)
                .get(1)
                .manifest()
                .digests()
                .values()
                .iterator()
                .next();
    }

    /** Forward to a newer release, whose number is lower than the copy's. */
    @Test
    void goingForwardAfterANewEpochAccusesNobody() {
        Sha256 second = digestOfTheSecond();
        other.rollback("acme", "home", "three is bad");
        newEpoch(publisher);
        other.rollback(RollbackRequest.of(SCOPE, "three was good after all").to(3));
        assertThat(pointer().quarantined()).doesNotContain(second);
    }

    /** The same without the epoch, to compare. */
    @Test
    void goingForwardWithoutANewEpochAccusesNobody() {
        Sha256 second = digestOfTheSecond();
        other.rollback("acme", "home", "three is bad");
        other.rollback(RollbackRequest.of(SCOPE, "three was good after all").to(3));
        assertThat(pointer().quarantined()).doesNotContain(second);
    }

    @Test
    void aRollbackAfterAnEpochWithAnOlderReleaseGoesBack() {
        other.newEpoch("acme", "home", 2, "release 3 is bad");
        assertThat(other.rollback("acme", "home", "two is bad as well").id()).isEqualTo(1);
    }

    @Test
    void aCeremonyOverADamagedPointerIsSentAgain() {
        spoil();
        faulty.next(StoreCall.SWAP, Fault.REQUEST_LOST);
        assertThat(newEpoch(publisher).epoch()).isEqualTo(2);
    }

    @Test
    void aCeremonyOverADamagedPointerIsResumed() {
        spoil();
        OutcomeUnknownException unknown = unknownEpoch();
        assertThat(other.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
    }

    @Test
    void whoCannotAbortACeremonyOverAPutBackPointerKeepsTheHandle() {
        byte[] old = entry(2);
        ship(4);
        overwrite(old);
        OutcomeUnknownException unknown = unknownEpoch();
        assertThatThrownBy(() -> other.abort(unknown.handle(), "enough"))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("could not be aborted for certain");
    }

    /** The history knows what later revisions quarantined and held. */
    @Test
    void aPutBackPointerDoesNotBringBackWhatWasQuarantined() {
        byte[] third = pointerBytes();
        Sha256 bad = pointer().manifest().value().digests().values().iterator().next();
        other.rollback("acme", "home", "three is bad"); // 4
        other.hold("acme", "home", "still looking", Optional.empty()); // 5
        overwrite(third); // put back to 3
        other.newEpoch("acme", "home", 2, "three was bad");
        assertThat(pointer().quarantined())
                .as("revision 4 of the history says so")
                .contains(bad);
    }

    /** With a revision after release 3 the history has its entry. */
    @Test
    void aRollbackAfterAnEpochWithAnOlderReleaseGoesBackAlsoIfTheNewerOneIsInTheHistory() {
        other.pin("acme", "home", 1, "some revision after release 3");
        other.newEpoch("acme", "home", 2, "release 3 is bad");
        assertThat(other.rollback("acme", "home", "two is bad as well").id()).isEqualTo(1);
    }

    /** The release that only the register has stays retained when another one is named. */
    @Test
    void theReleaseThatWasCurrentStaysRetainedWhenAnotherIsNamed() {
        other.newEpoch("acme", "home", 2, "go on with 2 for now");
        assertThat(other.rollback(RollbackRequest.of(SCOPE, "3 after all").to(3))
                        .id())
                .isEqualTo(3);
    }

    /** The history of a surface that changed very often, of which only the last entries are kept. */
    private MemoryBlobStore trimmed(long seq, int entries) {
        MemoryBlobStore trimmed = MemoryBlobStore.open();
        for (BlobKey key : store.list(ScopeKeys.artifactsPrefix(SCOPE), "", 1_000, TIMEOUT)) {
            trimmed.create(key, BlobSource.of(read(key).bytes()), TIMEOUT);
        }
        Pointer revision = pointer()
                .beginning(1, seq - entries, Optional.of(new Pointer.Parent(seq - entries - 1, "gone", junkDigest())));
        for (int i = 0; i < entries; i++) {
            byte[] bytes = PointerCodec.encode(revision);
            trimmed.create(ScopeKeys.history(SCOPE, 1, revision.seq()), BlobSource.of(bytes), TIMEOUT);
            revision = revision.next(Sha256.of(bytes), "later " + i, revision.swappedAt(), revision.operation());
        }
        trimmed.compareAndSet(ScopeKeys.current(SCOPE), BlobVersion.ABSENT, PointerCodec.encode(revision), TIMEOUT);
        return trimmed;
    }

    private static Sha256 junkDigest() {
        return Sha256.of(new byte[1]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void numbersGoOnWhereTheOldestEntriesOfTheHistoryAreGone(int entries) {
        MemoryBlobStore trimmed = trimmed(1_500_000, entries);
        trimmed.create(ScopeKeys.history(SCOPE, 1, 1L << 40), BlobSource.of(new byte[] {1}), TIMEOUT); // somebody's

        Revision begun = newEpoch(publishers.over(trimmed, "test"));

        assertThat(begun.seq()).isEqualTo(1_500_001);
        assertThat(begun.epoch()).isEqualTo(2);
    }

    @Test
    void aNameThatIsNoEntryDoesNotHideThatTheOldestEntriesAreGone() {
        MemoryBlobStore trimmed = trimmed(1_500_000, 2);
        trimmed.create(ScopeKeys.history(SCOPE, 1, 7), BlobSource.of(new byte[] {1}), TIMEOUT);

        assertThat(newEpoch(publishers.over(trimmed, "test")).seq()).isEqualTo(1_500_001);
    }
}
