package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.NotReadyException;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Release;
import dev.recsys.control.Exposure;
import dev.recsys.internal.Ambient;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.publish.Build;
import dev.recsys.publish.Builds;
import dev.recsys.publish.Gate;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.SnapshotStatus.State;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobVersion;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import dev.recsys.trust.TrustList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshTest {
    private static final Duration ENOUGH = Duration.ofSeconds(20);

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final Publishers publishers = new Publishers(clock);
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    private final ManifestPublisher publisher = publishers.over(store, "test");
    private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    private final EmbeddedRecommender recommender = EmbeddedRecommender.builder(faulty)
            .ambient(publishers.ambient())
            .refreshInterval(Duration.ofHours(1))
            .listener(new RecommenderListener() {
                @Override
                public void onLoaded(SnapshotStatus status, Duration took) {
                    heard.add("loaded " + status.revision().orElseThrow().release());
                }

                @Override
                public void onLoadFailed(Scope scope, Throwable failure) {
                    heard.add("failed " + scope);
                }

                @Override
                public void onRequest(RecommendationRequest request, Recommendations answer, long latencyNanos) {
                    heard.add("answered " + answer.items().size());
                    throw new IllegalStateException("a listener's own trouble");
                }
            })
            .build();

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void setUp() {
        builds = new Builds(directory);
    }

    @AfterEach
    void close() {
        recommender.close();
    }

    private Release ship(Build build) {
        return publisher.ship(ShipRequest.of(SCOPE, build, "a ship").createSurface());
    }

    private SnapshotStatus poll() {
        return recommender.invalidate("acme", "home").join();
    }

    private Recommendations recommend() {
        return recommender.recommend("acme", "home", "u1");
    }

    @Test
    void aShippedReleaseIsServedAfterTheNextPoll() {
        ship(builds.both(10, 1));
        recommender.preload("acme", "home", ENOUGH);
        ship(builds.both(12, 2));
        assertThat(recommend().release()).isEqualTo(1);

        assertThat(poll().revision().orElseThrow().release()).isEqualTo(2);

        assertThat(recommend().items()).hasSize(12);
        assertThat(heard).containsExactly("loaded 1", "answered 10", "loaded 2", "answered 12");
    }

    @Test
    void theAgeOfAReleaseGrowsFromItsShipAlsoOverAHold() {
        ship(builds.both(10, 1));
        clock.advance(Duration.ofHours(3));
        publisher.hold("acme", "home", "sale", Optional.empty());

        assertThat(poll().releaseAge(clock.instant())).contains(Duration.ofHours(3));
        assertThat(recommender.status("acme", "nowhere").releaseAge(clock.instant()))
                .isEmpty();
    }

    @Test
    void aPollOfAnUnchangedPointerReadsNoArtifact() {
        ship(builds.both(10, 1));
        recommender.preload("acme", "home", ENOUGH);
        int copies = faulty.count(StoreCall.COPY);

        assertThat(poll().state()).isEqualTo(State.FRESH);

        assertThat(copies).isEqualTo(2);
        assertThat(faulty.count(StoreCall.COPY)).isEqualTo(copies);
    }

    @Test
    void aRollbackReadsOnlyWhatChanged() {
        ship(builds.both(10, 1));
        publisher.ship(
                ShipRequest.of(SCOPE, builds.popularityOnly(10, 2), "hourly").merge());
        recommender.preload("acme", "home", ENOUGH);
        int copies = faulty.count(StoreCall.COPY);

        publisher.rollback("acme", "home", "bad");

        assertThat(poll().revision().orElseThrow().release()).isEqualTo(1);
        assertThat(faulty.count(StoreCall.COPY)).isEqualTo(copies + 1);
    }

    @Test
    void aHoldIsSeenWithoutReadingArtifacts() {
        ship(builds.both(10, 1));
        recommender.preload("acme", "home", ENOUGH);
        int copies = faulty.count(StoreCall.COPY);
        publisher.hold("acme", "home", "sale", Optional.empty());

        assertThat(poll().revision().orElseThrow().hold()).isPresent();
        assertThat(faulty.count(StoreCall.COPY)).isEqualTo(copies);
    }

    @Test
    void whenTheStoreIsAwayTheLastReleaseServesOnAndSaysHowOldTheLastLookIs() {
        ship(builds.both(10, 1));
        recommender.preload("acme", "home", ENOUGH);
        faulty.always(Fault.UNAVAILABLE);
        assertThat(poll().failures()).isEqualTo(1);
        assertThat(recommend().degradations()).extracting(d -> d.kind()).doesNotContain(Kind.STALE);

        clock.advance(Duration.ofHours(2));
        SnapshotStatus status = poll();

        assertThat(status.state()).isEqualTo(State.STALE);
        assertThat(status.sinceVerified()).contains(Duration.ofHours(2));
        assertThat(status.lastError()).isPresent();
        assertThat(recommend().items()).hasSize(10);
        assertThat(recommend().degradations().get(0).kind()).isEqualTo(Kind.STALE);

        faulty.heal();
        assertThat(poll().state()).isEqualTo(State.FRESH);
        assertThat(recommend().degradations()).extracting(d -> d.kind()).doesNotContain(Kind.STALE);
    }

    @Test
    void aDamagedArtifactIsNeverServedAndIsAskedForAgain() {
        ship(builds.both(10, 1));
        recommender.preload("acme", "home", ENOUGH);
        ship(builds.both(12, 2));
        for (Fault fault : List.of(Fault.BIT_FLIPPED, Fault.TRUNCATED, Fault.UNAVAILABLE, Fault.DENIED)) {
            faulty.always(StoreCall.COPY, fault);
            assertThat(poll().failures()).as("%s", fault).isPositive();
            assertThat(recommend().release()).as("%s", fault).isEqualTo(1);
            faulty.heal();
        }
        assertThat(poll().revision().orElseThrow().release()).isEqualTo(2);
    }

    @Test
    void aDamagedPointerIsNeverFollowed() {
        ship(builds.both(10, 1));
        recommender.preload("acme", "home", ENOUGH);
        ship(builds.both(12, 2));
        for (Fault fault : List.of(Fault.BIT_FLIPPED, Fault.TRUNCATED, Fault.DENIED)) {
            faulty.always(StoreCall.READ, fault);
            assertThat(poll().failures()).as("%s", fault).isPositive();
            faulty.heal();
        }
        assertThat(recommend().release()).isEqualTo(1);
        assertThat(poll().revision().orElseThrow().release()).isEqualTo(2);
    }

    @Test
    void aMissingArtifactIsAFailureAndNotAnEmptyAnswer() {
        ship(builds.both(10, 1));
        recommender.preload("acme", "home", ENOUGH);
        Release second = ship(builds.both(12, 2));
        BlobKey key =
                second.manifest().artifact(ArtifactType.COOC).orElseThrow().key();
        store.delete(key, ENOUGH);

        assertThat(poll().lastError().orElseThrow()).contains("missing").contains(key.path());
        assertThat(recommend().release()).isEqualTo(1);
    }

    @Test
    void anotherTenantsPointerIsNeverFollowed() {
        Scope other = new Scope("other", "home");
        publisher.ship(ShipRequest.of(other, builds.both(other, 10, 1, Builds.day(1)), "theirs")
                .createSurface());
        StoredPointer theirs =
                new PointerReads(store, TrustList.ANYONE, ENOUGH).current(other).orElseThrow();
        store.compareAndSet(ScopeKeys.current(SCOPE), BlobVersion.ABSENT, theirs.bytes(), ENOUGH);

        assertThat(poll().lastError().orElseThrow()).contains("belongs to other/home");
        assertThat(recommend().degradations().get(0).kind()).isEqualTo(Kind.NOT_READY);
    }

    @Test
    void aStoreThatWasPutBackAndShippedToSinceIsNotFollowed() {
        ship(builds.both(10, 1));
        StoredPointer first =
                new PointerReads(store, TrustList.ANYONE, ENOUGH).current(SCOPE).orElseThrow();
        ship(builds.both(12, 2));
        recommender.preload("acme", "home", ENOUGH);
        StoredPointer second =
                new PointerReads(store, TrustList.ANYONE, ENOUGH).current(SCOPE).orElseThrow();

        store.compareAndSet(ScopeKeys.current(SCOPE), second.version(), first.bytes(), ENOUGH);
        for (int salt = 3; salt <= 5; salt++) {
            ship(builds.both(10, salt));
            assertThat(poll().lastError().orElseThrow()).containsAnyOf("goes back", "put back");
        }
        assertThat(recommend().release()).isEqualTo(2);

        publisher.newEpoch("acme", "home", "the backup is meant");
        assertThat(poll().state()).isEqualTo(State.FRESH);
        assertThat(recommend().release()).isEqualTo(5);
    }

    @Test
    void aPointerThatGoesBackOrFarAheadIsNotFollowed() {
        ship(builds.both(10, 1));
        StoredPointer first =
                new PointerReads(store, TrustList.ANYONE, ENOUGH).current(SCOPE).orElseThrow();
        ship(builds.both(12, 2));
        recommender.preload("acme", "home", ENOUGH);
        StoredPointer second =
                new PointerReads(store, TrustList.ANYONE, ENOUGH).current(SCOPE).orElseThrow();

        store.compareAndSet(ScopeKeys.current(SCOPE), second.version(), first.bytes(), ENOUGH);
        assertThat(poll().lastError().orElseThrow()).contains("goes back");

        Pointer p = second.pointer();
        Pointer jumped = new Pointer(
                p.scope(),
                p.epoch(),
                p.seq() + Pointer.MAX_SEQ_JUMP + 1,
                "tx-far",
                Optional.of(new Pointer.Parent(p.seq() + Pointer.MAX_SEQ_JUMP, "tx-parent", second.sha256())),
                p.swappedAt(),
                p.operation(),
                p.release(),
                p.manifest(),
                p.hold(),
                p.quarantined(),
                p.retention(),
                p.collectorRun());
        StoredPointer now =
                new PointerReads(store, TrustList.ANYONE, ENOUGH).current(SCOPE).orElseThrow();
        store.compareAndSet(ScopeKeys.current(SCOPE), now.version(), PointerCodec.encode(jumped), ENOUGH);
        assertThat(poll().lastError().orElseThrow()).contains("too far ahead");
        assertThat(recommend().release()).isEqualTo(2);
    }

    @Test
    void aSurfaceThatIsNotThereAnswersEmptyWithTheReasonAndAppearsLater() {
        Recommendations answer = recommend();

        assertThat(answer.items()).isEmpty();
        assertThat(answer.degradations())
                .containsExactly(new Degradation(Kind.NOT_READY, "the surface does not exist in the store"));
        assertThatThrownBy(() -> recommender.preload("acme", "home", Duration.ofMillis(1)))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("does not exist");

        publisher.createSurface("acme", "home", "new");
        assertThat(poll().lastError()).contains("nothing was shipped to the surface yet");
        ship(builds.both(10, 1));
        assertThat(poll().state()).isEqualTo(State.FRESH);
    }

    @Test
    void aFirstRequestDoesNotWaitWhenItIsToldNotTo() {
        ship(builds.both(10, 1));
        CountDownLatch answered = new CountDownLatch(1);
        faulty.beforeNext(StoreCall.READ, () -> awaitQuietly(answered));
        try (EmbeddedRecommender hasty = EmbeddedRecommender.builder(faulty)
                .firstLoadTimeout(Duration.ZERO)
                .build()) {
            Recommendations first = hasty.recommend("acme", "home", "u1");
            answered.countDown();

            assertThat(first.degradations().get(0).kind()).isEqualTo(Kind.NOT_READY);
            hasty.preload("acme", "home", ENOUGH);
            assertThat(hasty.recommend("acme", "home", "u1").items()).hasSize(10);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void namesFromOutsideCannotFillTheMemory() {
        ship(builds.both(10, 1));
        try (EmbeddedRecommender small =
                EmbeddedRecommender.builder(store).maxSurfaces(3).build()) {
            small.preload("acme", "home", ENOUGH);
            for (int i = 0; i < 20; i++) {
                small.recommend("junk" + i, "home", "u1");
            }
            assertThat(small.statuses()).hasSizeLessThanOrEqualTo(3);
            assertThat(small.recommend("acme", "home", "u1").items()).hasSize(10);
        }
    }

    @Test
    void noAnswerMixesTwoReleasesWhileTheyChange() throws InterruptedException {
        ship(builds.both(10, 1));
        recommender.preload("acme", "home", ENOUGH);
        AtomicBoolean stop = new AtomicBoolean();
        ConcurrentLinkedQueue<Recommendations> answers = new ConcurrentLinkedQueue<>();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread reader = new Thread(() -> {
                while (!stop.get()) {
                    answers.add(recommender.recommend(
                            RecommendationRequest.of("acme", "home").k(1000).build()));
                }
            });
            reader.start();
            readers.add(reader);
        }
        for (int release = 2; release <= 20; release++) {
            ship(builds.both(9 + release, release));
            poll();
        }
        stop.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(answers)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.items()).hasSize((int) (9 + answer.release())));
    }

    @Test
    void aRequestOfALoadedSurfaceAsksTheStoreNothing() {
        ship(builds.both(10, 1));
        recommender.preload("acme", "home", ENOUGH);
        int calls = faulty.count();

        for (int i = 0; i < 1000; i++) {
            recommend();
        }

        assertThat(faulty.count()).isEqualTo(calls);
    }

    @Test
    void aClosedRecommenderSaysSo() {
        recommender.close();
        recommender.close();

        assertThatThrownBy(this::recommend)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void anArtifactCopiedFromAnotherScopeIsNotServed() {
        Release release = ship(builds.both(10, 1));
        BlobKey key =
                release.manifest().artifact(ArtifactType.COOC).orElseThrow().key();
        store.delete(key, ENOUGH);
        store.create(key, BlobSource.of(new byte[] {1, 2, 3}), ENOUGH);

        assertThat(poll().lastError().orElseThrow()).contains("was altered");
    }

    @Test
    void aListenersErrorNeitherLosesWaitersNorKeepsASurfaceFromBeingReady() {
        ship(builds.both(10, 1));
        try (EmbeddedRecommender listened = EmbeddedRecommender.builder(store)
                .listener(new RecommenderListener() {
                    @Override
                    public void onPolled(SnapshotStatus status) {
                        throw new NoClassDefFoundError("a metrics library that is not there");
                    }

                    @Override
                    public void onLoaded(SnapshotStatus status, Duration took) {
                        throw new NoClassDefFoundError("a metrics library that is not there");
                    }
                })
                .build()) {
            assertThat(listened.invalidate("acme", "home")).succeedsWithin(Duration.ofSeconds(5));
            assertThat(listened.status("acme", "home").failures()).isZero();
        }
    }

    @Test
    void aSinksErrorCostsNeitherTheAnswerNorTheNextSinksRecord() {
        ship(builds.both(10, 1));
        List<Exposure> taken = new ArrayList<>();
        try (EmbeddedRecommender logged = EmbeddedRecommender.builder(store)
                .eventSink(exposure -> {
                    throw new NoClassDefFoundError("a client library that is not there");
                })
                .eventSink(taken::add)
                .build()) {
            logged.preload("acme", "home", ENOUGH);

            assertThat(logged.recommend("acme", "home", "ann").items()).isNotEmpty();
            assertThat(taken).hasSize(1);
        }
    }

    @Test
    void preloadAsksTheStoreAlsoForASurfaceThatWasNotThereBefore() {
        assertThat(recommend().items()).isEmpty();
        ship(builds.both(10, 1));

        assertThat(recommender.preload("acme", "home", Duration.ofSeconds(3)).state())
                .isEqualTo(State.FRESH);
    }

    @Test
    void manyMergesLeaveNoMoreInMemoryThanALoadOfTheLastOne() {
        ship(builds.both(10, 1));
        recommender.preload("acme", "home", ENOUGH);
        for (int release = 2; release <= 12; release++) {
            String prefix = "r" + release + "-";
            Build popularity = builds.write(SCOPE, Builds.day(release), build -> {
                try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                    table.row("", List.of(new ScoredItem(prefix + "a", 2), new ScoredItem(prefix + "b", 1)));
                    table.finish();
                }
            });
            publisher.ship(ShipRequest.of(SCOPE, popularity, "hourly").merge().override(EnumSet.of(Gate.SHRINK)));
            poll();
        }
        RecommendationRequest request = RecommendationRequest.of("acme", "home")
                .recentItems(List.of("i1", "r2-a"))
                .build();
        try (EmbeddedRecommender fresh = EmbeddedRecommender.builder(store).build()) {
            assertThat(recommender.recommend(request)).isEqualTo(fresh.recommend(request));
        }
        assertThat(faulty.count(StoreCall.COPY)).as("cooc was read once").isEqualTo(13);
    }

    @Test
    void aRequestThatMeetsCloseStartsNoPollsThatGoOnForEver() {
        ScheduledThreadPoolExecutor callers = new ScheduledThreadPoolExecutor(1);
        AtomicReference<EmbeddedRecommender> closing = new AtomicReference<>();
        Ambient ambient = publishers.ambient();
        LongSupplier closesMeanwhile = () -> {
            EmbeddedRecommender open = closing.getAndSet(null);
            if (open != null) {
                open.close();
            }
            return ambient.nanoTime().getAsLong();
        };
        EmbeddedRecommender shared = EmbeddedRecommender.builder(store)
                .ambient(new Ambient(
                        ambient.clock(), closesMeanwhile, ambient.txs(), ambient.random(), ambient.sleeper()))
                .firstLoadTimeout(Duration.ofMillis(200))
                .executor(callers)
                .build();
        closing.set(shared);
        try {
            shared.recommend("acme", "home", "u1");

            assertThat(callers.shutdownNow()).isEmpty();
        } finally {
            callers.shutdownNow();
        }
    }
}
