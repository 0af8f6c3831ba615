package dev.recsys.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.recsys.Degradation;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import dev.recsys.publish.Build;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.SnapshotStatus.State;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class MemoryBudgetTest {
    private static final Duration ENOUGH = Duration.ofSeconds(20);
    private static final int ITEMS = 500;

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final Publishers publishers = new Publishers(clock);
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    private final ManifestPublisher publisher = publishers.over(store, "test");
    private final Logger logger = (Logger) LoggerFactory.getLogger(EmbeddedRecommender.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    private Path directory;

    private Builds builds;
    private long needBytes; // of one release
    private long heapBytes; // of one release

    @BeforeEach
    void shipThree() {
        builds = new Builds(directory);
        for (String tenant : List.of("a", "b", "c")) {
            needBytes = MemoryNeed.of(ship(tenant, 1).manifest(), false);
        }
        try (EmbeddedRecommender recommender = withBudget(Long.MAX_VALUE)) {
            heapBytes = load(recommender, "a").heapBytes();
        }
        lines.list = new CopyOnWriteArrayList<>(); // polls that nobody waits for write lines too
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(Level.OFF);
    }

    private Release ship(String tenant, int salt) {
        Scope scope = new Scope(tenant, "home");
        return publisher.ship(ShipRequest.of(scope, builds.both(scope, ITEMS, salt, Builds.day(salt)), "a ship")
                .createSurface());
    }

    private EmbeddedRecommender withBudget(long bytes) {
        return settings().memoryBudget(bytes).build();
    }

    private EmbeddedRecommender.Builder settings() {
        return EmbeddedRecommender.builder(faulty)
                .ambient(publishers.ambient())
                .refreshInterval(Duration.ofHours(1))
                .idleAfter(Duration.ofHours(2));
    }

    private static SnapshotStatus load(EmbeddedRecommender recommender, String tenant) {
        return recommender.preload(tenant, "home", ENOUGH);
    }

    private static Recommendations ask(EmbeddedRecommender recommender, String tenant) {
        return recommender.recommend(tenant, "home", "u1");
    }

    private static void assertRefused(EmbeddedRecommender recommender, String tenant) {
        assertThat(ask(recommender, tenant).items()).isEmpty();
        assertThat(recommender.status(tenant, "home").lastError().orElseThrow()).contains("needs up to");
    }

    /** Room for two loaded releases while the third is loaded, and not for three. */
    private long roomForTwo() {
        return 2 * heapBytes + needBytes - 1;
    }

    private static List<String> loaded(EmbeddedRecommender recommender) {
        return recommender.statuses().stream()
                .filter(status -> status.state() != State.NOT_READY)
                .map(status -> status.scope().tenant())
                .toList();
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void whoLeavesIsToldOfAndSoAreTheStartAndTheEnd() {
        List<String> heard = new CopyOnWriteArrayList<>();
        RecommenderListener listener = new RecommenderListener() {
            @Override
            public void onStarted(EmbeddedRecommender recommender) {
                heard.add("started with " + recommender.statuses().size());
            }

            @Override
            public void onLeft(Scope scope) {
                heard.add("left " + scope);
            }

            @Override
            public void onClosed(EmbeddedRecommender recommender) {
                heard.add("closed with " + recommender.statuses().size());
            }
        };
        EmbeddedRecommender recommender =
                settings().memoryBudget(roomForTwo()).listener(listener).build();
        load(recommender, "a");
        clock.advance(Duration.ofMinutes(1));
        load(recommender, "b");
        clock.advance(Duration.ofHours(3));
        load(recommender, "c");

        recommender.close();
        recommender.close();

        assertThat(heard).containsExactly("started with 0", "left a/home", "closed with 2");
    }

    @Test
    void idleOnesLeaveFirstAndOfThemTheLongestUnused() {
        try (EmbeddedRecommender recommender = withBudget(roomForTwo())) {
            load(recommender, "a");
            load(recommender, "b");
            clock.advance(Duration.ofMinutes(1));
            ask(recommender, "a");
            clock.advance(Duration.ofHours(3));

            load(recommender, "c");

            assertThat(loaded(recommender)).containsExactly("a", "c");
            assertThat(recommender.statuses()).hasSize(2);
        }
    }

    @Test
    void nobodyWhoIsInUseLeaves() {
        try (EmbeddedRecommender recommender = withBudget(roomForTwo())) {
            load(recommender, "a");
            load(recommender, "b");
            clock.advance(Duration.ofHours(3));
            ask(recommender, "a");
            ask(recommender, "b");

            assertRefused(recommender, "c");

            assertThat(loaded(recommender)).containsExactly("a", "b");
        }
    }

    @Test
    void whoWasUsedWithinARefreshIntervalIsNotIdleHoweverShortTheSetting() {
        try (EmbeddedRecommender recommender = settings()
                .memoryBudget(roomForTwo())
                .idleAfter(Duration.ofSeconds(1))
                .build()) {
            load(recommender, "a");
            load(recommender, "b");
            clock.advance(Duration.ofMinutes(59));

            assertRefused(recommender, "c");
            clock.advance(Duration.ofMinutes(2));
            load(recommender, "c");
        }
    }

    @Test
    void theBusyOnesFreshReleaseAlwaysComesIn() {
        try (EmbeddedRecommender recommender = withBudget(needBytes)) {
            load(recommender, "a");
            for (int release = 2; release <= 4; release++) {
                ship("a", release);
                ask(recommender, "a");

                recommender.invalidate("a", "home").join();

                assertThat(ask(recommender, "a").release()).isEqualTo(release);
            }
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .contains("memory budget exceeded tenant=a surface=home need_bytes=" + needBytes)
                    .contains("budget_bytes=" + needBytes);
        }
    }

    @Test
    void theBusyOnesFreshReleaseDrivesOutTheIdleOnes() {
        try (EmbeddedRecommender recommender = withBudget(roomForTwo())) {
            load(recommender, "a");
            load(recommender, "b");
            ship("a", 2);
            clock.advance(Duration.ofHours(3));
            ask(recommender, "a");

            recommender.invalidate("a", "home").join();

            assertThat(loaded(recommender)).containsExactly("a");
            assertThat(ask(recommender, "a").release()).isEqualTo(2);
            assertThat(warnings()).isEmpty();
        }
    }

    @Test
    void anIdleOneWithAFreshReleaseLeavesRatherThanGoOverTheBudget() {
        try (EmbeddedRecommender recommender = withBudget(needBytes)) {
            load(recommender, "a");
            ship("a", 2);
            clock.advance(Duration.ofHours(3));

            recommender.invalidate("a", "home").join();

            assertThat(recommender.statuses()).isEmpty();
            assertThat(ask(recommender, "a").release()).isEqualTo(2);
        }
    }

    @Test
    void anEvictedSurfaceComesBackWithTheNextRequest() {
        try (EmbeddedRecommender recommender = withBudget(roomForTwo())) {
            load(recommender, "a");
            load(recommender, "b");
            clock.advance(Duration.ofHours(3));
            ask(recommender, "b");
            load(recommender, "c");
            assertThat(loaded(recommender)).containsExactly("b", "c");
            clock.advance(Duration.ofHours(3));

            assertThat(ask(recommender, "a").items()).isNotEmpty();
        }
    }

    @Test
    void anEvictedSurfaceIsPolledNoMore() {
        try (EmbeddedRecommender recommender = withBudget(roomForTwo())) {
            load(recommender, "a");
            load(recommender, "b");
            clock.advance(Duration.ofHours(3));
            ask(recommender, "b");
            load(recommender, "c");

            assertThat(recommender.status("a", "home").revision()).isEmpty();
            assertThat(recommender.status("a", "home").lastError().orElseThrow())
                    .contains("made room");
            assertThat(messages())
                    .contains("artifact manifest evicted tenant=a surface=home bytes=" + heapBytes + " reason=idle");
        }
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aBudgetThatIsTooSmallSaysWhatIsNeededAndWhatToDo() {
        try (EmbeddedRecommender recommender = withBudget(needBytes - 1)) {
            Recommendations answer = ask(recommender, "a");

            assertThat(answer.degradations()).extracting(Degradation::kind).containsExactly(Degradation.Kind.NOT_READY);
            assertThat(recommender.status("a", "home").lastError().orElseThrow())
                    .contains("needs up to " + needBytes + " bytes")
                    .contains("budget of " + (needBytes - 1))
                    .contains("Raise memoryBudget");
            assertThat(faulty.count(StoreCall.COPY))
                    .as("no artifact is fetched in vain")
                    .isEqualTo(2);
        }
    }

    @Test
    void nobodyLeavesForOneThatWouldNotFitAnyway() {
        Scope huge = new Scope("huge", "home");
        publisher.ship(ShipRequest.of(huge, builds.both(huge, 100 * ITEMS, 1, Builds.day(1)), "a ship")
                .createSurface());
        try (EmbeddedRecommender recommender = withBudget(roomForTwo())) {
            load(recommender, "a");
            clock.advance(Duration.ofHours(3));

            assertRefused(recommender, "huge");

            assertThat(loaded(recommender)).containsExactly("a");
        }
    }

    @Test
    void oneThatLeavesWhileItIsPolledDrivesNobodyElseOut() {
        try (EmbeddedRecommender recommender = withBudget(roomForTwo())) {
            load(recommender, "a");
            load(recommender, "b");
            clock.advance(Duration.ofMinutes(1));
            ask(recommender, "b");
            ship("a", 2);
            clock.advance(Duration.ofHours(3));
            int copies = faulty.count(StoreCall.COPY);
            faulty.beforeNext(StoreCall.READ, () -> load(recommender, "c"));

            recommender.invalidate("a", "home").join();

            assertThat(loaded(recommender)).containsExactly("b", "c");
            assertThat(faulty.count(StoreCall.COPY) - copies)
                    .as("only c was fetched")
                    .isEqualTo(2);
        }
    }

    @Test
    void whoeverWaitsForOneThatLeavesMayAskForAnother() {
        try (EmbeddedRecommender recommender = settings().maxSurfaces(1).build()) {
            ask(recommender, "nothing-shipped");
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch left = new CountDownLatch(1);
            faulty.beforeNext(StoreCall.READ, () -> {
                asked.countDown();
                awaitQuietly(left);
            });
            var polled = recommender.invalidate("nothing-shipped", "home");
            awaitQuietly(asked);
            CompletableFuture<Recommendations> other = recommender
                    .invalidate("nothing-shipped", "home")
                    .thenApply(status -> CompletableFuture.supplyAsync(() -> ask(recommender, "b"))
                            .orTimeout(ENOUGH.toSeconds() / 2, TimeUnit.SECONDS)
                            .join());

            ask(recommender, "a");
            left.countDown();

            assertThat(other).succeedsWithin(ENOUGH);
            assertThat(polled).succeedsWithin(ENOUGH);
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
    void whatAFreshReleaseSharesWithTheOneBeforeNeedsNoRoomAgain() {
        Scope scope = new Scope("a", "home");
        Build popularity = builds.write(scope, Builds.day(2), build -> Builds.popularity(build, ITEMS, 2));
        try (EmbeddedRecommender recommender =
                settings().memoryBudget(heapBytes + needBytes).build()) {
            load(recommender, "b");
            clock.advance(Duration.ofHours(3));
            recommender.preload("a", "home", ENOUGH);
            publisher.ship(ShipRequest.of(scope, popularity, "hourly").merge());

            recommender.invalidate("a", "home").join();

            assertThat(ask(recommender, "a").release()).isEqualTo(2);
            assertThat(loaded(recommender)).containsExactly("a", "b");
        }
    }

    @Test
    void aHoldNeedsNoMemory() {
        try (EmbeddedRecommender recommender = withBudget(needBytes)) {
            load(recommender, "a");
            publisher.hold("a", "home", "sale", Optional.empty());

            recommender.invalidate("a", "home").join();

            assertThat(recommender.status("a", "home").revision().orElseThrow().hold())
                    .isPresent();
            assertThat(warnings()).isEmpty();
        }
    }

    @Test
    void aFailedLoadGivesItsRoomBack() {
        try (EmbeddedRecommender recommender = withBudget(needBytes)) {
            faulty.next(StoreCall.COPY, Fault.UNAVAILABLE);
            ask(recommender, "a");

            assertThat(load(recommender, "a").state()).isEqualTo(State.FRESH);
        }
    }

    @Test
    void beyondMaxSurfacesIdleOnesLeaveTooLongestUnusedFirst() {
        try (EmbeddedRecommender recommender = settings().maxSurfaces(2).build()) {
            load(recommender, "a");
            load(recommender, "b");
            assertThat(ask(recommender, "c").items()).as("both are in use").isEmpty();
            clock.advance(Duration.ofHours(1));
            ask(recommender, "a");
            clock.advance(Duration.ofHours(2));

            assertThat(ask(recommender, "c").items()).isNotEmpty();
            assertThat(loaded(recommender)).containsExactly("a", "c");
        }
    }

    @Test
    void twoThatTakeTurnsWhereThereIsRoomForOneAreBothServed() {
        try (EmbeddedRecommender recommender =
                settings().memoryBudget(needBytes + heapBytes - 1).build()) {
            for (int turn = 0; turn < 20; turn++) {
                clock.advance(Duration.ofHours(3));
                String tenant = turn % 2 == 0 ? "a" : "b";

                assertThat(ask(recommender, tenant).items()).isNotEmpty();
                assertThat(loaded(recommender)).containsExactly(tenant);
            }
        }
    }
}
