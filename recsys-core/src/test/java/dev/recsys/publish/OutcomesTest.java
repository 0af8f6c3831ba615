package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.artifact.Hold;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobStore;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.ProcessDied;
import dev.recsys.testkit.StoreCall;
import dev.recsys.trust.TrustList;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the store does, an operation is committed, lost, aborted or unknown, and says so. */
class OutcomesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Publishers publishers = new Publishers(FakeClock.at("2026-02-01T00:00:00Z"));
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    private final ManifestPublisher mine = publishers.over(faulty, "mine");
    private final ManifestPublisher other = publishers.over(store, "other");
    private final PointerReads pointers = new PointerReads(store, TrustList.ANYONE, TIMEOUT);

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void shipOnce() {
        builds = new Builds(directory);
        other.ship(ShipRequest.of(SCOPE, builds.both(10, 1), "first").createSurface());
    }

    private Release ship(ManifestPublisher publisher, int salt) {
        return publisher.ship("acme", "home", builds.both(10, salt), "ship " + salt);
    }

    private OutcomeUnknownException unknownShip(int salt, Fault fault) {
        faulty.always(StoreCall.SWAP, fault);
        OutcomeUnknownException unknown = catchThrowableOfType(OutcomeUnknownException.class, () -> ship(mine, salt));
        faulty.heal();
        return unknown;
    }

    private List<String> reasons() {
        return other.history("acme", "home", 100).stream()
                .map(revision -> revision.operation().reason())
                .toList();
    }

    @Test
    void aSwapWhoseReplyIsLostIsCommittedOnce() {
        faulty.next(StoreCall.SWAP, Fault.REPLY_LOST);

        assertThat(ship(mine, 2).id()).isEqualTo(2);
        assertThat(reasons()).containsExactly("ship 2", "first");
    }

    @Test
    void aSwapInWhichMemoryRunsOutIsLookedAfter() {
        faulty.afterNext(StoreCall.SWAP, () -> {
            throw new OutOfMemoryError("in the midst of the answer");
        });

        assertThat(ship(mine, 2).id()).isEqualTo(2);
        assertThat(reasons()).containsExactly("ship 2", "first");
    }

    @Test
    void aSwapInWhichTheMachineFailsAgainAndAgainHasAHandle() {
        BlobStore failing = (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("compareAndSet")) {
                        throw new OutOfMemoryError("no memory");
                    }
                    return method.invoke(store, arguments);
                });

        OutcomeUnknownException unknown =
                catchThrowableOfType(OutcomeUnknownException.class, () -> ship(publishers.over(failing, "mine"), 2));

        assertThat(unknown).hasMessageContaining("no memory").hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(other.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
    }

    @Test
    void aSwapWhoseRequestIsLostIsSentAgain() {
        faulty.next(StoreCall.SWAP, Fault.REQUEST_LOST);

        assertThat(ship(mine, 2).id()).isEqualTo(2);
        assertThat(reasons()).containsExactly("ship 2", "first");
    }

    @Test
    void aSwapThatNeverLeavesChangesNothing() {
        faulty.always(StoreCall.SWAP, Fault.UNAVAILABLE);

        assertThatThrownBy(() -> ship(mine, 2))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Nothing changed");
        assertThat(reasons()).containsExactly("first");
    }

    @Test
    void aCommitThatWasSupersededBeforeItCouldBeSeenIsStillCommitted() {
        faulty.next(StoreCall.SWAP, Fault.REPLY_LOST);
        faulty.afterNext(StoreCall.SWAP, () -> ship(other, 3));

        assertThat(ship(mine, 2).id()).isEqualTo(2);
        assertThat(reasons()).containsExactly("ship 3", "ship 2", "first");
    }

    @Test
    void theSecondOfTwoShipsIsAConflictThatNamesTheFirst() {
        faulty.beforeNext(StoreCall.SWAP, () -> ship(other, 3));

        assertThatThrownBy(() -> ship(mine, 2))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("1/2")
                .hasMessageContaining("other")
                .hasMessageContaining("ship 3");
        assertThat(reasons()).containsExactly("ship 3", "first");
    }

    @Test
    void whatLandsWhileALoserLooksAtTheWinnerIsNotPassedOver() {
        faulty.beforeNext(StoreCall.SWAP, () -> {
            other.pin("acme", "home", 1, "keep"); // which may be passed over
            Runnable thenShips = () -> ship(other, 3);
            faulty.afterNext(StoreCall.READ, () -> faulty.afterNext(StoreCall.READ, thenShips));
        });

        assertThatThrownBy(() -> ship(mine, 2))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ship 3");
        assertThat(reasons()).containsExactly("ship 3", "keep", "first");
    }

    @Test
    void aNewEpochIsNotPassedOver() {
        faulty.beforeNext(StoreCall.SWAP, () -> {
            other.newEpoch("acme", "home", "restored");
            other.pin("acme", "home", 1, "keep"); // which may be passed over
        });

        assertThatThrownBy(() -> ship(mine, 2)).isInstanceOf(ConflictException.class);
        assertThat(reasons()).containsExactly("keep", "restored", "first");
    }

    @Test
    void damageUnderAPointerOfAnotherLineIsAConflict() {
        ship(other, 2);
        ship(other, 3);
        StoredPointer read = pointers.current(SCOPE).orElseThrow();
        StoredPointer second = pointers.history(SCOPE, 1, 2).orElseThrow();
        faulty.beforeNext(
                StoreCall.COPY,
                () -> { // of the rollback's target
                    second.pointer()
                            .manifest()
                            .value()
                            .artifacts()
                            .values()
                            .forEach(ref -> store.delete(ref.key(), TIMEOUT));
                    byte[] sameSeq = PointerCodec.encode(
                            read.pointer().withHold(Optional.of(new Hold("x", "y", Optional.empty()))));
                    store.compareAndSet(ScopeKeys.current(SCOPE), read.version(), sameSeq, TIMEOUT);
                });

        assertThatThrownBy(() -> mine.rollback("acme", "home", "bad")).isInstanceOf(ConflictException.class);
    }

    @Test
    void aShipThatMayRebasePassesOverAnOlderShip() {
        faulty.beforeNext(StoreCall.SWAP, () -> ship(other, 3));

        mine.ship(ShipRequest.of(SCOPE, builds.both(10, 4), "ship 4").rebaseIfNewer());

        assertThat(reasons()).containsExactly("ship 4", "ship 3", "first");
    }

    @Test
    void aShipThatMayRebaseDoesNotPassOverARollback() {
        ship(other, 2);
        faulty.beforeNext(StoreCall.SWAP, () -> other.rollback("acme", "home", "bad"));

        assertThatThrownBy(() -> mine.ship(
                        ShipRequest.of(SCOPE, builds.both(10, 4), "ship 4").rebaseIfNewer()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("rollback");
    }

    @Test
    void anUnknownShipIsResumedByAnotherPublisher() {
        OutcomeUnknownException unknown = unknownShip(2, Fault.REQUEST_LOST);
        assertThat(reasons()).containsExactly("first");

        Resolution resolution = other.resume(unknown.handle());

        assertThat(resolution.outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
        assertThat(reasons()).containsExactly("ship 2", "first");
        assertThat(other.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
        assertThat(reasons()).containsExactly("ship 2", "first");
    }

    @Test
    void anAbortedShipNeverLandsHoweverLate() {
        OutcomeUnknownException unknown = unknownShip(2, Fault.LATE);

        Resolution resolution = other.abort(unknown.handle(), "give up");
        faulty.landLate();

        assertThat(resolution.outcome()).isEqualTo(Resolution.Outcome.ABORTED);
        assertThat(other.current("acme", "home").release()).isEqualTo(1);
        assertThat(reasons()).containsExactly("give up", "first");
        assertThat(other.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.ABORTED);
    }

    @Test
    void anAbortThatComesTooLateSaysSo() {
        OutcomeUnknownException unknown = unknownShip(2, Fault.LATE);
        faulty.landLate();

        assertThat(other.abort(unknown.handle(), "give up").outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
        assertThat(reasons()).containsExactly("ship 2", "first");
    }

    @Test
    void anUnknownShipThatAnotherOvertookIsLost() {
        OutcomeUnknownException unknown = unknownShip(2, Fault.LATE);
        ship(other, 3);
        faulty.landLate();

        Resolution resolution = other.resume(unknown.handle());

        assertThat(resolution.outcome()).isEqualTo(Resolution.Outcome.LOST);
        assertThat(resolution.revision().operation().reason()).isEqualTo("ship 3");
        assertThat(reasons()).containsExactly("ship 3", "first");
    }

    @Test
    void aShipPassesOverAFence() {
        OutcomeUnknownException unknown = unknownShip(2, Fault.LATE);
        faulty.beforeNext(StoreCall.SWAP, () -> other.abort(unknown.handle(), "give up"));

        ship(mine, 3);

        assertThat(reasons()).containsExactly("ship 3", "give up", "first");
    }

    @Test
    void aShipDoesNotPassOverWhatFollowsAFence() {
        OutcomeUnknownException unknown = unknownShip(2, Fault.LATE);
        faulty.beforeNext(StoreCall.SWAP, () -> {
            other.abort(unknown.handle(), "give up");
            ship(other, 4);
        });

        assertThatThrownBy(() -> ship(mine, 5))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ship 4");
    }

    @Test
    void anUnknownFirstShipCanBeAborted() {
        MemoryBlobStore fresh = MemoryBlobStore.open();
        FaultyBlobStore faultyFresh = FaultyBlobStore.over(fresh);
        faultyFresh.always(StoreCall.SWAP, Fault.LATE);
        ShipRequest request =
                ShipRequest.of(SCOPE, builds.both(10, 2), "ship 2").createSurface();
        OutcomeUnknownException unknown = catchThrowableOfType(
                OutcomeUnknownException.class,
                () -> publishers.over(faultyFresh, "mine").ship(request));
        ManifestPublisher later = publishers.over(fresh, "later");

        Resolution resolution = later.abort(unknown.handle(), "give up");
        faultyFresh.landLate();

        assertThat(resolution.outcome()).isEqualTo(Resolution.Outcome.ABORTED);
        assertThat(later.current("acme", "home").release()).isZero();
    }

    @Test
    void aHandleIsNotResumedWhereItsArtifactsAreMissing() {
        MemoryBlobStore fresh = MemoryBlobStore.open();
        FaultyBlobStore faultyFresh = FaultyBlobStore.over(fresh);
        faultyFresh.always(StoreCall.SWAP, Fault.REQUEST_LOST);
        ShipRequest request =
                ShipRequest.of(SCOPE, builds.both(10, 2), "ship 2").createSurface();
        OutcomeUnknownException unknown = catchThrowableOfType(
                OutcomeUnknownException.class,
                () -> publishers.over(faultyFresh, "mine").ship(request));
        ManifestPublisher elsewhere = publishers.over(MemoryBlobStore.open(), "elsewhere");

        assertThatThrownBy(() -> elsewhere.resume(unknown.handle()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("missing");
        assertThat(publishers.over(fresh, "later").resume(unknown.handle()).outcome())
                .isEqualTo(Resolution.Outcome.COMMITTED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"UNAVAILABLE", "DENIED"})
    void whileTheStoreDoesNotAnswerAnUnknownOperationStaysUnknown(Fault fault) {
        String handle = unknownShip(2, Fault.REQUEST_LOST).handle();
        faulty.always(fault);

        for (ThrowingCallable ask :
                List.<ThrowingCallable>of(() -> mine.resume(handle), () -> mine.abort(handle, "give up"))) {
            assertThatThrownBy(ask)
                    .isInstanceOfSatisfying(
                            OutcomeUnknownException.class,
                            still -> assertThat(still.handle()).isEqualTo(handle));
        }
        faulty.heal();
        assertThat(mine.resume(handle).outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
    }

    @Test
    void aHandleThatIsTriedAtAnotherStoreStaysUnknown() {
        OutcomeUnknownException unknown = unknownShip(2, Fault.REQUEST_LOST);
        MemoryBlobStore another = MemoryBlobStore.open();
        ManifestPublisher there = publishers.over(another, "there");
        there.ship(ShipRequest.of(SCOPE, builds.both(10, 7), "first").createSurface());
        there.ship("acme", "home", builds.both(10, 8), "second");

        assertThatThrownBy(() -> there.resume(unknown.handle())).isInstanceOf(OutcomeUnknownException.class);
        assertThat(other.resume(unknown.handle()).outcome()).isEqualTo(Resolution.Outcome.COMMITTED);
    }

    @Test
    void aHandleThatWasCutOffIsRefused() {
        String handle = unknownShip(2, Fault.REQUEST_LOST).handle();

        assertThatThrownBy(() -> other.resume(handle.substring(0, handle.length() / 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not whole");
        assertThatThrownBy(() -> other.resume("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInterruptBeforeTheSwapLeavesTheOutcomeClearAndTheFlagSet() {
        faulty.next(StoreCall.SWAP, Fault.REQUEST_LOST);
        faulty.beforeNext(StoreCall.SWAP, () -> Thread.currentThread().interrupt());

        Throwable thrown = catchThrowable(() -> ship(mine, 2));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOfAny(OutcomeUnknownException.class, StoreUnavailableException.class);
    }

    @Test
    void aPointerThatWasPutBackIsDamageAndNothingIsPublishedBehindIt() {
        StoredPointer first = new PointerReads(store, TrustList.ANYONE, Duration.ofSeconds(1))
                .current(SCOPE)
                .orElseThrow();
        ship(other, 2);
        ship(other, 3);
        StoredPointer third = new PointerReads(store, TrustList.ANYONE, Duration.ofSeconds(1))
                .current(SCOPE)
                .orElseThrow();
        store.compareAndSet(ScopeKeys.current(SCOPE), third.version(), first.bytes(), Duration.ofSeconds(1));

        assertThatThrownBy(() -> ship(mine, 4))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("put back");
        assertThat(other.verify("acme", "home").damages())
                .extracting(VerifyReport.Damage::object)
                .containsExactly("acme/home/current");
    }

    @Test
    void aPointerThatMovedOnTwiceSinceItWasReadIsAConflictAndNoDamage() {
        faulty.beforeNext(StoreCall.CREATE, () -> {
            ship(other, 3);
            ship(other, 4);
        });

        assertThatThrownBy(() -> ship(mine, 2))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ship 4");
        assertThat(reasons()).containsExactly("ship 4", "ship 3", "first");
    }

    @Test
    void aHistoryThatDisagreesIsAForkAndStopsEverything() {
        store.create(
                ScopeKeys.history(SCOPE, 1, 1),
                BlobSource.of("something else".getBytes(StandardCharsets.UTF_8)),
                Duration.ofSeconds(1));

        assertThatThrownBy(() -> ship(mine, 2)).isInstanceOf(DamagedException.class);
        assertThat(other.current("acme", "home").seq()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DIES_BEFORE", "DIES_AFTER"})
    void aProcessThatDiesAtAnyStepOfAShipLeavesTheSurfaceWhole(Fault death) {
        int salt = 2;
        for (int step = 1; ; step++) {
            FaultyBlobStore dying = FaultyBlobStore.over(store.anotherEndpoint());
            dying.nth(step, death);
            ManifestPublisher victim = publishers.over(dying, "victim");
            int shipped = salt++;
            Throwable thrown = catchThrowable(() -> ship(victim, shipped));
            boolean acknowledged = thrown == null;
            if (!acknowledged) {
                assertThat(thrown).isInstanceOf(ProcessDied.class);
            }
            int next = salt++;
            ship(other, next);
            assertThat(reasons()).filteredOn(("ship " + shipped)::equals).hasSizeLessThanOrEqualTo(1);
            assertThat(reasons()).contains("ship " + next);
            assertThat(other.verify("acme", "home").damages()).isEmpty();
            if (acknowledged) {
                assertThat(reasons()).contains("ship " + shipped);
                assertThat(step).isEqualTo(10);
                return;
            }
        }
    }

    @Test
    void aProcessThatDiesAtAnyStepOfARollbackLeavesTheSurfaceWhole() {
        ship(other, 2);
        for (int step = 1; ; step++) {
            FaultyBlobStore dying = FaultyBlobStore.over(store.anotherEndpoint());
            dying.nth(step, Fault.DIES_AFTER);
            Throwable thrown = catchThrowable(() -> publishers
                    .over(dying, "victim")
                    .rollback(RollbackRequest.of(SCOPE, "bad").to(1)));
            Revision current = other.current("acme", "home");
            assertThat(current.release()).isIn(1L, 2L);
            assertThat(other.verify("acme", "home").damages()).isEmpty();
            if (thrown == null) {
                assertThat(current.release()).isEqualTo(1);
                return;
            }
            assertThat(thrown).isInstanceOf(ProcessDied.class);
            if (current.release() == 1) {
                other.rollback(RollbackRequest.of(SCOPE, "forth").to(2));
            }
        }
    }

    @Test
    void aHoldIsCommittedThroughALostReply() {
        faulty.next(StoreCall.SWAP, Fault.REPLY_LOST);

        assertThat(mine.hold("acme", "home", "sale", Optional.empty()).hold()).isPresent();
        assertThat(reasons()).containsExactly("sale", "first");
    }

    @Test
    void anAbortOfUnknownOutcomeHandsBackTheOperationItWasAskedAbout() {
        OutcomeUnknownException unknown = unknownShip(2, Fault.LATE);
        faulty.always(StoreCall.SWAP, Fault.LATE);
        OutcomeUnknownException stillUnknown =
                catchThrowableOfType(OutcomeUnknownException.class, () -> mine.abort(unknown.handle(), "give up"));
        faulty.heal();
        faulty.landLate();

        assertThat(reasons()).containsExactly("ship 2", "first");
        assertThat(other.resume(stillUnknown.handle()).outcome())
                .as("the ship landed first")
                .isEqualTo(Resolution.Outcome.COMMITTED);
    }

    @Test
    void aForcedShipThatMayRebaseNeverPassesOverANewerOne() {
        faulty.beforeNext(StoreCall.SWAP, () -> ship(other, 5));

        assertThatThrownBy(() -> mine.ship(ShipRequest.of(SCOPE, builds.both(10, 4), "ship 4")
                        .rebaseIfNewer()
                        .overrideAll()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ship 5");
        assertThat(reasons()).containsExactly("ship 5", "first");
    }

    @Test
    void aShipThatMayRebaseAndIsOlderIsAConflict() {
        faulty.beforeNext(StoreCall.SWAP, () -> ship(other, 5));

        assertThatThrownBy(() -> mine.ship(
                        ShipRequest.of(SCOPE, builds.both(10, 4), "ship 4").rebaseIfNewer()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ship 5");
    }

    @Test
    void aSwapThatTheStoreForbidsIsTriedThreeTimesAndNoMore() {
        faulty.always(StoreCall.SWAP, Fault.DENIED);
        int before = faulty.count(StoreCall.SWAP);

        assertThatThrownBy(() -> ship(mine, 2)).isInstanceOf(StoreDeniedException.class);
        assertThat(faulty.count(StoreCall.SWAP) - before).isEqualTo(3);
    }

    @Test
    void aSwapThatTheStoreForbidsIsADenialAndNotAnOutage() {
        faulty.always(StoreCall.SWAP, Fault.DENIED);

        assertThatThrownBy(() -> ship(mine, 2))
                .isInstanceOf(StoreDeniedException.class)
                .hasMessageContaining("Nothing changed");
        assertThat(reasons()).containsExactly("first");
    }

    @Test
    void aHistoryEntryThatHoldsAnotherRevisionIsDamageAndNotAnEndlessWalk() {
        ship(other, 2);
        ship(other, 3);
        ship(other, 4);
        Duration enough = Duration.ofSeconds(1);
        byte[] third = new PointerReads(store, TrustList.ANYONE, enough)
                .history(SCOPE, 1, 3)
                .orElseThrow()
                .bytes();
        store.delete(ScopeKeys.history(SCOPE, 1, 1), enough);
        store.create(ScopeKeys.history(SCOPE, 1, 1), BlobSource.of(third), enough);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(other.verify("acme", "home").damages()).hasSize(1);
            assertThatThrownBy(() -> other.history("acme", "home", 1_000))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("1/3");
        });
    }
}
