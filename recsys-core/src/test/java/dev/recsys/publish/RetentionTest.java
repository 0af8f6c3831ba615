package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RefusedException;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.ProcessDied;
import dev.recsys.testkit.StoreCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, what is deleted, and that nothing needed ever is. */
class RetentionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final Publishers publishers = new Publishers(clock);
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    private final ManifestPublisher publisher = publishers.over(store, "test");
    private final ManifestPublisher mine = publishers.over(faulty, "mine");

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void setUp() {
        builds = new Builds(directory);
    }

    /** Ships releases 1 to {@code count}, one a day. */
    private void ship(int count) {
        for (int i = 1; i <= count; i++) {
            shipOne(i);
        }
    }

    private Release shipOne(int salt) {
        Release release = publisher.ship(ShipRequest.of(SCOPE, builds.popularityOnly(5, salt), "ship " + salt)
                .createSurface());
        clock.advance(Duration.ofDays(1));
        return release;
    }

    private CollectRequest keep(int releases, Duration time) {
        return CollectRequest.of(SCOPE, "retention").keepReleases(releases).keepFor(time);
    }

    private CollectReport collect(int releases) {
        return publisher.collect(keep(releases, Duration.ZERO));
    }

    private static List<Long> kept(CollectReport report) {
        return report.decisions().stream()
                .filter(CollectReport.Decision::kept)
                .map(CollectReport.Decision::release)
                .toList();
    }

    private List<BlobKey> artifacts() {
        return store.list(ScopeKeys.artifactsPrefix(SCOPE), "", 1_000, TIMEOUT);
    }

    private Revision rollback(long to) {
        return publisher
                .rollback(RollbackRequest.of(SCOPE, "back").to(to).withoutHold())
                .revision();
    }

    @Test
    void theNewestReleasesStayAndTheOthersGo() {
        ship(5);

        CollectReport report = collect(2);

        assertThat(kept(report)).containsExactly(5L, 4L);
        assertThat(report.objects()).isEqualTo(3);
        assertThat(report.notDeleted()).isZero();
        assertThat(artifacts()).hasSize(2);
        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
        assertThat(publisher.current("acme", "home").operation().kind()).isEqualTo("collect");
        assertThat(rollback(4).release()).isEqualTo(4);
        assertThatThrownBy(() -> rollback(3)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aSecondRunHasNothingToDoAndMakesNoRevision() {
        ship(3);
        collect(1);

        CollectReport again = collect(1);

        assertThat(again.revision()).isEmpty();
        assertThat(again.objects()).isZero();
        assertThat(publisher.current("acme", "home").seq()).isEqualTo(4);
    }

    @Test
    void aDryRunSaysTheSameAndChangesNothing() {
        ship(4);

        CollectReport planned = publisher.collect(keep(2, Duration.ZERO).dryRun());

        assertThat(artifacts()).hasSize(4);
        assertThat(publisher.current("acme", "home").seq()).isEqualTo(4);
        assertThat(planned.notDeleted()).isEqualTo(2);
        CollectReport done = collect(2);
        assertThat(planned.decisions()).isEqualTo(done.decisions());
        assertThat(planned.objects()).isEqualTo(done.objects());
        assertThat(planned.sizeBytes()).isEqualTo(done.sizeBytes()).isPositive();
    }

    @Test
    void whatWasCurrentALittleWhileAgoStays() {
        ship(6); // release 3 was replaced when day 4 was shipped, three days before now

        assertThat(kept(publisher.collect(keep(1, Duration.ofDays(3).plusHours(1)))))
                .containsExactly(6L, 5L, 4L, 3L);
    }

    @Test
    void ageCountsFromTheEndOfTheLastServiceNotFromTheShip() {
        ship(6);
        rollback(2);
        clock.advance(Duration.ofDays(1));
        rollback(6);
        clock.advance(Duration.ofHours(1));

        assertThat(kept(publisher.collect(keep(1, Duration.ofHours(2))))).containsExactly(6L, 2L);
        rollback(2);
        clock.advance(Duration.ofDays(9));
        rollback(6);
        clock.advance(Duration.ofHours(1));
        assertThat(kept(publisher.collect(keep(1, Duration.ofHours(2)))))
                .as("brought back once more")
                .containsExactly(6L, 2L);
        clock.advance(Duration.ofHours(2));
        assertThat(kept(publisher.collect(keep(1, Duration.ofHours(2))))).containsExactly(6L);
    }

    @Test
    void aQuarantinedReleaseDoesNotCountAsOneOfTheNewest() {
        ship(5);
        publisher.rollback(RollbackRequest.of(SCOPE, "bad").withoutHold()); // 5 is quarantined, 4 current

        assertThat(kept(collect(2))).containsExactly(4L, 3L);
        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
        shipOne(6);
        assertThat(publisher.rollback(RollbackRequest.of(SCOPE, "bad")).id()).isEqualTo(4);
    }

    @Test
    void theCurrentReleaseStaysHoweverOldItIs() {
        ship(5);
        rollback(1);

        collect(1);

        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
        assertThat(publisher.current("acme", "home").release()).isEqualTo(1);
        shipOne(7); // retires release 1, which is below the others
        assertThat(rollback(1).release()).isEqualTo(1);
    }

    @Test
    void aCollectionBetweenDoesNotChangeWhereARollbackGoes() {
        ship(3);
        publisher.rollback("acme", "home", "bad");
        publisher.unhold("acme", "home", "mended");
        shipOne(4);
        collect(10);

        assertThat(publisher.rollback("acme", "home", "bad").id()).isEqualTo(2);
    }

    @Test
    void aPinnedReleaseStaysUntilItIsUnpinned() {
        ship(5);
        publisher.pin("acme", "home", 2, "the audit needs it");

        assertThat(kept(collect(1))).containsExactly(5L, 2L);
        assertThat(publisher.pin("acme", "home", 2, "again").seq()).isEqualTo(7);
        publisher.unpin("acme", "home", 2, "the audit is over");
        assertThat(publisher.verify("acme", "home").releases())
                .as("not collected yet")
                .isEqualTo(2);
        assertThat(kept(publisher.collect(keep(1, Duration.ofHours(1)))))
                .as("its age counts from the unpin")
                .containsExactly(5L, 2L);
        clock.advance(Duration.ofHours(2));
        assertThat(kept(publisher.collect(keep(1, Duration.ofHours(1))))).containsExactly(5L);
        assertThat(artifacts()).hasSize(1);
    }

    @Test
    void onlyARetainedReleaseCanBePinned() {
        ship(3);
        collect(1);

        assertThatThrownBy(() -> publisher.pin("acme", "home", 1, "too late")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> publisher.pin("acme", "home", 99, "never was")).isInstanceOf(NotFoundException.class);
        assertThat(publisher.unpin("acme", "home", 1, "was not").seq()).isEqualTo(4);
    }

    @Test
    void thereIsRoomForSixtyFourPins() {
        ship(66);
        for (long release = 1; release <= 64; release++) {
            publisher.pin("acme", "home", release, "pin");
        }

        assertThatThrownBy(() -> publisher.pin("acme", "home", 65, "one more"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("unpin");
        collect(1);
        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
        assertThat(artifacts()).hasSize(65);
    }

    @Test
    void manyScatteredReleasesAreKeptByKeepingWhatLiesBetween() {
        ship(100);
        for (int i = 0; i < 50; i++) { // every second release is quarantined
            publisher.rollback(RollbackRequest.of(SCOPE, "bad").to(99 - 2L * i).withoutHold());
            rollback(100);
        }
        rollback(99);

        CollectReport report = collect(60);

        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
        assertThat(kept(report)).hasSizeGreaterThanOrEqualTo(60);
        for (int i = 0; i < 20; i++) { // there is room for exceptions left
            rollback(kept(report).get(kept(report).size() - 1 - i));
        }
    }

    @Test
    void leftOversOfPublishersThatDiedGoToo() {
        ship(1);
        faulty.next(StoreCall.SWAP, Fault.DIES_BEFORE);
        assertThat(catchThrowable(() -> mine.ship("acme", "home", builds.both(5, 2), "dies")))
                .isInstanceOf(ProcessDied.class);
        assertThat(artifacts()).hasSize(3);

        CollectReport report = collect(1);

        assertThat(report.objects()).isEqualTo(2);
        assertThat(artifacts()).hasSize(1);
    }

    @Test
    void whatNoPublisherPutThereIsLeftAloneAndNamed() {
        ship(3);
        String artifacts = ScopeKeys.artifactsPrefix(SCOPE);
        List<BlobKey> foreign = List.of(
                new BlobKey(artifacts + "notes.txt"),
                new BlobKey(artifacts + "popularity/backup.rst"),
                new BlobKey(artifacts + "popularity/old/" + "a".repeat(64) + "-tx.rst"));
        foreign.forEach(key -> store.create(key, BlobSource.of(new byte[10]), TIMEOUT));

        CollectReport report = collect(1);

        assertThat(report.foreign()).containsExactlyElementsOf(foreign);
        assertThat(report.objects()).isEqualTo(2);
        assertThat(artifacts()).hasSize(1 + foreign.size()).containsAll(foreign);
        assertThat(collect(1).revision()).as("nothing is left to delete").isEmpty();
    }

    @Test
    void aCollectorThatDiesHalfWayIsFinishedByTheNext() {
        ship(5);
        faulty.nth(StoreCall.DELETE, 2, Fault.DIES_BEFORE);
        assertThat(catchThrowable(() -> mine.collect(keep(1, Duration.ZERO)))).isInstanceOf(ProcessDied.class);
        assertThat(artifacts()).hasSize(4);

        assertThat(collect(1).objects()).isEqualTo(3);

        assertThat(artifacts()).hasSize(1);
        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
    }

    @Test
    void whatTheStoreDoesNotDeleteIsCountedAndLeftToTheNextRun() {
        ship(4);
        faulty.nth(StoreCall.DELETE, 2, Fault.UNAVAILABLE);

        assertThat(mine.collect(keep(1, Duration.ZERO)).notDeleted()).isEqualTo(1);
        assertThat(artifacts()).hasSize(2);
        assertThat(collect(1).notDeleted()).isZero();
        assertThat(artifacts()).hasSize(1);
    }

    @Test
    void aCollectorOfUnknownOutcomeDeletesNothing() {
        ship(3);
        faulty.always(StoreCall.SWAP, Fault.REPLY_LOST);
        faulty.always(StoreCall.READ, Fault.UNAVAILABLE);
        faulty.beforeNext(StoreCall.SWAP, () -> {});

        assertThat(catchThrowable(() -> {
                    faulty.heal();
                    faulty.always(StoreCall.SWAP, Fault.LATE);
                    mine.collect(keep(1, Duration.ZERO));
                }))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(artifacts()).hasSize(3);
        faulty.landLate();
        assertThat(artifacts()).hasSize(3);
        faulty.heal();
        assertThat(collect(1).objects()).isEqualTo(2);
    }

    @Test
    void aShipUnderWayUploadsAnewWhenACollectorWasFirst() {
        ship(2);
        faulty.beforeNext(StoreCall.SWAP, () -> collect(1)); // lists and deletes what is uploaded already

        Release shipped = mine.ship("acme", "home", builds.popularityOnly(5, 9), "beside a collector");

        assertThat(shipped.id()).isEqualTo(4);
        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
    }

    @Test
    void aMergeUnderWayKeepsWhatIsCurrent() {
        publisher.ship(ShipRequest.of(SCOPE, builds.both(5, 1), "first").createSurface());
        faulty.beforeNext(StoreCall.SWAP, () -> collect(1));

        mine.ship(ShipRequest.of(SCOPE, builds.coocOnly(5, 2), "merge").merge());

        assertThat(publisher.verify("acme", "home").damages()).isEmpty();
        assertThat(publisher.current("acme", "home").manifest().artifacts()).hasSize(2);
    }

    @Test
    void aRollbackWhoseTargetIsCollectedMeanwhileSaysSo() {
        ship(3);
        faulty.beforeNext(StoreCall.COPY, () -> collect(1));

        assertThatThrownBy(() -> mine.rollback(RollbackRequest.of(SCOPE, "back").to(1)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("not retained");
    }

    @Test
    void whereTheHistoryIsIncompleteNothingIsDeleted() {
        ship(4);
        store.delete(ScopeKeys.history(SCOPE, 1, 2), TIMEOUT);

        assertThatThrownBy(() -> collect(1))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("history")
                .hasMessageContaining("1/3");
        assertThat(artifacts()).hasSize(4);
    }

    @Test
    void aScrubNamesWhatIsMissingAndWhoNeedsIt() {
        ship(3);
        assertThat(publisher.scrub("acme", "home").damages()).isEmpty();
        ArtifactRef first = publisher
                .history("acme", "home", 10)
                .get(2)
                .manifest()
                .artifact(ArtifactType.POPULARITY)
                .orElseThrow();
        store.delete(first.key(), TIMEOUT);

        ScrubReport report = publisher.scrub("acme", "home");

        assertThat(report.releases()).isEqualTo(3);
        assertThat(report.artifacts()).isEqualTo(3);
        assertThat(report.damages())
                .containsExactly(new VerifyReport.Damage(first.key().path(), List.of(1L), "missing"));
    }

    @Test
    void aScrubFindsAnotherLengthAndAMissingEntry() {
        ship(3);
        ArtifactRef second = publisher
                .history("acme", "home", 10)
                .get(1)
                .manifest()
                .artifact(ArtifactType.POPULARITY)
                .orElseThrow();
        store.delete(second.key(), TIMEOUT);
        store.create(second.key(), BlobSource.of(new byte[10]), TIMEOUT);
        store.delete(ScopeKeys.history(SCOPE, 1, 1), TIMEOUT);

        assertThat(publisher.scrub("acme", "home").damages())
                .extracting(VerifyReport.Damage::problem)
                .anyMatch(problem -> problem.contains("it has 10 bytes"))
                .anyMatch(problem -> problem.contains("the entry before revision 1/2"));
    }

    @Test
    void aScrubTellsASurfaceThatLostItsPointerFromWhatNeverWasOne() {
        store.create(new BlobKey("backup/history/notes"), BlobSource.of(new byte[10]), TIMEOUT);
        assertThatThrownBy(() -> publisher.scrub("backup", "history")).isInstanceOf(NotFoundException.class);
        store.create(ScopeKeys.history(SCOPE, 1, 2), BlobSource.of(new byte[10]), TIMEOUT);

        assertThatThrownBy(() -> publisher.scrub("acme", "home"))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(ScopeKeys.history(SCOPE, 1, 2).path());
    }

    @Test
    void aScrubBesideACollectorFindsNothing() {
        ship(5);
        faulty.beforeNext(StoreCall.STAT, () -> collect(1));

        assertThat(mine.scrub("acme", "home").damages()).isEmpty();
        assertThat(mine.scrub("acme", "home").artifacts()).isEqualTo(1);
    }

    @Test
    void surfacesAreListedByTheirNames() {
        for (String name : List.of("home", "Cart", "a.b_c", "current")) {
            publisher.createSurface("acme", name, "new");
        }
        publisher.createSurface("zoo", "home", "new");

        assertThat(publisher.surfaces())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("acme/home", "acme/Cart", "acme/a.b_c", "acme/current", "zoo/home");
    }
}
