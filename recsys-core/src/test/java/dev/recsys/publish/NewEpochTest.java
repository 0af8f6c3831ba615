package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.ManifestDocument;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ceremony after a store was restored, or a pointer spoiled. */
class NewEpochTest extends ThreeShips {
    /** Puts the pointer back to what it was before the newest ship, as a restore from a backup does. */
    private void putBack() {
        ship(4);
        overwrite(entry(2));
    }

    private Revision newEpoch() {
        return publisher.newEpoch("acme", "home", "restored from a backup").revision();
    }

    @Test
    void aRestoredPointerIsRefusedUntilANewEpochBegins() {
        Revision second = publisher.history("acme", "home", 10).get(1);
        putBack();
        assertThatThrownBy(() -> ship(5)).isInstanceOf(DamagedException.class).hasMessageContaining("put back");

        Revision begun = newEpoch();

        assertThat(begun.epoch()).isEqualTo(2);
        assertThat(begun.seq()).as("after every number that was ever used").isEqualTo(5);
        assertThat(begun.release()).as("a release of its own").isEqualTo(5);
        assertThat(begun.manifest()).isEqualTo(second.manifest());
        assertThat(ship(5).id()).isEqualTo(6);
        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
        assertThat(publisher.rollback("acme", "home", "back").id()).isEqualTo(5);
        assertThat(publisher.rollback("acme", "home", "back").id()).isEqualTo(3);
    }

    @Test
    void aPointerThatVanishedComesBackFromTheHistory() {
        Revision second = publisher.history("acme", "home", 10).get(1);
        MemoryBlobStore without = MemoryBlobStore.open();
        for (BlobKey key : store.list("", "", 1_000, TIMEOUT)) {
            if (!key.isRegister()) {
                without.create(key, BlobSource.of(read(key).bytes()), TIMEOUT);
            }
        }
        ManifestPublisher there = publishers.over(without, "test");

        Revision begun = there.newEpoch("acme", "home", "the pointer vanished").revision();

        assertThat(begun.epoch()).isEqualTo(2);
        assertThat(begun.seq()).as("3 was the lost pointer's number").isEqualTo(4);
        assertThat(begun.manifest()).as("release 3 was in the pointer alone").isEqualTo(second.manifest());
        assertThat(there.verify("acme", "home").damages()).isEmpty();
    }

    @Test
    void anEpochSaysWithWhichReleaseItGoesOn() {
        NewEpoch current = publisher.newEpoch("acme", "home", "to be sure");
        assertThat(current.continued()).isEqualTo(3);
        assertThat(current.revision().release()).isEqualTo(4);
        assertThat(current.followsHistory()).isTrue();
        assertThat(publisher.verify("acme", "home").oldest().seq()).isEqualTo(1);

        NewEpoch named = publisher.newEpoch("acme", "home", 2, "release 2 was better");
        assertThat(named.continued()).isEqualTo(2);

        spoil();
        NewEpoch lost = publisher.newEpoch("acme", "home", "somebody wrote over it");
        assertThat(lost.continued())
                .as("the newest that the history has")
                .isEqualTo(named.revision().release());
        assertThat(lost.followsHistory()).isFalse();
        VerifyReport report = publisher.verify("acme", "home");
        assertThat(report.oldest().seq()).isEqualTo(lost.revision().seq());
        assertThat(report.oldest().current()).isTrue();
    }

    @Test
    void aPointerThatWasOverwrittenIsNamedWithWhatToDo() {
        overwrite(new byte[13]);

        assertThatThrownBy(() -> publisher.current("acme", "home"))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("acme/home/current")
                .hasMessageContaining(store.location())
                .hasMessageContaining("restore it from a backup")
                .hasMessageContaining("new-epoch");
    }

    @Test
    void aPointerThatWasOverwrittenComesBackFromTheHistory() {
        Revision second = publisher.history("acme", "home", 10).get(1);
        spoil();

        assertThat(newEpoch().manifest()).isEqualTo(second.manifest());
        assertThat(ship(5).id()).isPositive();
        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
    }

    @Test
    void aForkIsGivenUp() {
        store.create(ScopeKeys.history(SCOPE, 1, 3), BlobSource.of(entry(2)), TIMEOUT);
        assertThatThrownBy(() -> ship(5)).isInstanceOf(DamagedException.class);

        newEpoch();

        assertThat(ship(5).id()).isEqualTo(6);
    }

    @Test
    void whatSomebodyPutBesideTheHistoryIsPassedBy() {
        for (String junk : new String[] {
            "junk",
            "1/junk",
            "1/00000000000000000099.txt",
            "zzz/1",
            "9999/00000000000000000001",
            "1/7",
            "1/99999999999999999999"
        }) {
            store.create(new BlobKey(ScopeKeys.historyPrefix(SCOPE) + junk), BlobSource.of(new byte[1]), TIMEOUT);
        }

        assertThat(newEpoch().epoch()).isEqualTo(2);
        assertThat(ship(5).id()).isPositive();
        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
    }

    @Test
    void aPointerThatVanishedIsNotCreatedAnewWhereTheOldestEntriesAreGone() {
        MemoryBlobStore without = MemoryBlobStore.open();
        without.create(new BlobKey(ScopeKeys.historyPrefix(SCOPE) + "0-notes"), BlobSource.of(new byte[] {1}), TIMEOUT);
        ManifestPublisher there = publishers.over(without, "test");
        without.create(ScopeKeys.history(SCOPE, 1, 2), BlobSource.of(entry(2)), TIMEOUT);

        assertThatThrownBy(() -> there.ship(ShipRequest.of(SCOPE, builds.popularityOnly(5, 1), "again")
                        .createSurface()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("vanished");
        assertThatThrownBy(() -> there.createSurface("acme", "home", "again")).isInstanceOf(DamagedException.class);
        assertThat(there.createSurface("acme", "cart", "new").seq()).isEqualTo(1);
    }

    @Test
    void aVanishedPointerIsNamedAsSuchByEveryOperation() {
        MemoryBlobStore without = MemoryBlobStore.open();
        without.create(ScopeKeys.history(SCOPE, 1, 1), BlobSource.of(entry(1)), TIMEOUT);

        assertThatThrownBy(() -> publishers.over(without, "test").current("acme", "home"))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("vanished")
                .hasMessageContaining("new-epoch");
    }

    @Test
    void damagedReleasesAreLeftBehind() {
        Revision first = publisher.history("acme", "home", 10).get(2);
        store.delete(first.manifest().artifacts().values().iterator().next().key(), TIMEOUT);
        assertThat(publisher.scrub("acme", "home").damages()).isNotEmpty();

        newEpoch();

        assertThat(publisher.scrub("acme", "home").damages()).isEmpty();
        assertThat(publisher.scrub("acme", "home").releases())
                .as("the epoch's own, 3 and 2")
                .isEqualTo(3);
    }

    @Test
    void aDamagedCurrentReleaseIsRefusedAndAnotherCanBeNamed() {
        Revision current = publisher.current("acme", "home");
        store.delete(current.manifest().artifacts().values().iterator().next().key(), TIMEOUT);

        assertThatThrownBy(this::newEpoch).isInstanceOf(DamagedException.class);
        assertThat(publisher.current("acme", "home").epoch()).isEqualTo(1);
        Revision second = publisher.history("acme", "home", 10).get(1);
        assertThat(publisher
                        .newEpoch("acme", "home", 2, "release 3 is lost")
                        .revision()
                        .manifest())
                .isEqualTo(second.manifest());
        assertThat(publisher.scrub("acme", "home").damages()).isEmpty();
    }

    @Test
    void whatWasUnderWayInTheEpochBeforeIsLost() {
        faulty.always(StoreCall.SWAP, Fault.LATE);
        OutcomeUnknownException unknown = catchThrowableOfType(OutcomeUnknownException.class, () -> ship(publisher, 4));
        faulty.heal();

        newEpoch();

        faulty.landLate();
        assertThat(publisher.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.LOST);
        assertThat(publisher.current("acme", "home").epoch()).isEqualTo(2);
    }

    @Test
    void howAnEpochBeganVeryManyRevisionsAgoIsNotLookedFor() {
        faulty.always(StoreCall.SWAP, Fault.LATE);
        OutcomeUnknownException unknown = catchThrowableOfType(OutcomeUnknownException.class, () -> ship(publisher, 4));
        faulty.heal();
        newEpoch();
        for (int i = 0; i < 1_000; i++) {
            publisher.hold("acme", "home", "hold " + i, Optional.empty());
        }

        assertThatThrownBy(() -> publisher.resume(unknown.handle())).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void whatWasInALostPointerStaysUnknown() {
        faulty.always(StoreCall.SWAP, Fault.LATE);
        OutcomeUnknownException unknown = catchThrowableOfType(OutcomeUnknownException.class, () -> ship(publisher, 4));
        faulty.heal();
        faulty.landLate();
        spoil(); // and nobody had followed it
        newEpoch();

        assertThatThrownBy(() -> publisher.resume(unknown.handle()))
                .as("it had taken effect, and nothing tells")
                .isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void theBuildThatWasCurrentOverAForkIsTheOneThatIsKept() {
        Revision current = publisher.current("acme", "home");
        Pointer otherLine = pointer()
                .withRelease(
                        3,
                        ManifestDocument.of(
                                publisher.history("acme", "home", 10).get(2).manifest()));
        store.create(ScopeKeys.history(SCOPE, 1, 3), BlobSource.of(PointerCodec.encode(otherLine)), TIMEOUT);

        Revision begun = newEpoch();
        ship(5);
        publisher.collect(CollectRequest.of(SCOPE, "retention").keepReleases(10).keepFor(Duration.ZERO));

        assertThat(publisher
                        .rollback(RollbackRequest.of(SCOPE, "back").to(begun.release()))
                        .revision()
                        .manifest())
                .isEqualTo(current.manifest());
        assertThat(publisher.scrub("acme", "home").damages()).isEmpty();
    }

    @Test
    void aReleaseThatThePutBackPointerDoesNotKnowCanBeNamed() {
        Revision third = publisher.current("acme", "home");
        putBack();

        assertThat(publisher
                        .newEpoch("acme", "home", 3, "release 3 was good")
                        .revision()
                        .manifest())
                .isEqualTo(third.manifest());
    }

    @Test
    void ofVeryManyReleasesTheNewestStayAndThoseThatArePinned() {
        publisher.pin("acme", "home", 1, "keep");
        for (int i = 5; i <= 45; i++) {
            ship(i);
        }

        newEpoch();

        ScrubReport report = publisher.scrub("acme", "home");
        assertThat(report.damages()).isEmpty();
        assertThat(report.releases()).isEqualTo(1 + 32 + 1);
        assertThat(publisher.rollback(RollbackRequest.of(SCOPE, "back").to(1)).id())
                .isEqualTo(1);
    }

    @Test
    void anEpochWhoseReplyIsLostBeginsOnce() {
        faulty.next(StoreCall.SWAP, Fault.REPLY_LOST);

        assertThat(newEpoch().epoch()).isEqualTo(2);
        assertThat(publisher.current("acme", "home").epoch()).isEqualTo(2);
    }

    @Test
    void anEpochOfUnknownOutcomeIsResumed() {
        faulty.always(StoreCall.SWAP, Fault.LATE);
        OutcomeUnknownException unknown = catchThrowableOfType(OutcomeUnknownException.class, this::newEpoch);
        faulty.heal();

        assertThat(publisher.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
        ship(4);
        assertThat(publisher.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
        faulty.landLate();
        assertThat(publisher.current("acme", "home").seq()).isEqualTo(5);
    }

    @Test
    void anEpochThatLostToAShipSaysSo() {
        faulty.always(StoreCall.SWAP, Fault.LATE);
        OutcomeUnknownException unknown = catchThrowableOfType(OutcomeUnknownException.class, this::newEpoch);
        faulty.heal();
        ship(4);

        assertThat(publisher.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.LOST);
        faulty.landLate();
        assertThat(publisher.current("acme", "home").epoch()).isEqualTo(1);
    }

    @Test
    void withoutPointerAndHistoryThereIsNothingToBegin() {
        assertThatThrownBy(() -> publisher.newEpoch("acme", "cart", "never was"))
                .isInstanceOf(NotFoundException.class);
    }
}
