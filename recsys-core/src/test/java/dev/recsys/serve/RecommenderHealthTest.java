package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.Scope;
import dev.recsys.control.Tenant;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.RecommenderHealth.State;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommenderHealthTest {
    private static final Duration ENOUGH = Duration.ofSeconds(20);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Scope CART = new Scope("acme", "cart");

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final Publishers publishers = new Publishers(clock);
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    private final ManifestPublisher publisher = publishers.over(store, "test");
    private final InMemoryControls controls = InMemoryControls.create();

    @TempDir
    private Path directory;

    private EmbeddedRecommender recommender = settings().build();

    private EmbeddedRecommender.Builder settings() {
        return EmbeddedRecommender.builder(faulty)
                .ambient(publishers.ambient())
                .controls(controls)
                .idleAfter(Duration.ofHours(2))
                .refreshInterval(Duration.ofHours(1));
    }

    private EmbeddedRecommender open(EmbeddedRecommender.Builder settings) {
        recommender.close();
        recommender = settings.build();
        return recommender;
    }

    @AfterEach
    void close() {
        recommender.close();
    }

    private void ship(Scope scope) {
        var build = new Builds(directory.resolve(scope.surface())).both(scope, 10, 1, Builds.day(1));
        publisher.ship(ShipRequest.of(scope, build, "a ship").createSurface());
    }

    private void poll() {
        recommender.invalidate("acme", "home").join();
    }

    private RecommenderHealth health(Scope... required) {
        return RecommenderHealth.of(recommender, List.of(required), DAY);
    }

    @Test
    void whatIsLoadedConfirmedAndYoungIsReady() {
        ship(SCOPE);
        recommender.preload("acme", "home", ENOUGH);

        assertThat(health(SCOPE)).isEqualTo(new RecommenderHealth(State.READY, List.of()));
    }

    @Test
    void nothingRequiredIsReady() {
        assertThat(health().state()).isEqualTo(State.READY);
    }

    @Test
    void theWorstOfTheRequiredSurfacesCountsAndEachIsNamed() {
        ship(SCOPE);
        recommender.preload("acme", "home", ENOUGH);
        clock.advance(DAY.plusHours(1));
        poll();
        recommender.invalidate("acme", "cart").join();

        RecommenderHealth health = health(SCOPE, CART);

        assertThat(health.state()).isEqualTo(State.NOT_READY);
        assertThat(health.reasons())
                .containsExactly(
                        new RecommenderHealth.Reason(CART, State.NOT_READY, "the surface does not exist in the store"),
                        new RecommenderHealth.Reason(
                                SCOPE, State.STALE, "release 1 was shipped PT25H ago, more than PT24H"));
        assertThat(health(SCOPE).state()).isEqualTo(State.STALE);
    }

    @Test
    void aStoreThatIsAwayMakesItStaleAndItsReturnReady() {
        ship(SCOPE);
        recommender.preload("acme", "home", ENOUGH);
        poll(); // the first one may not be over
        faulty.always(Fault.UNAVAILABLE);
        clock.advance(Duration.ofHours(2));
        poll();

        assertThat(health(SCOPE).state()).isEqualTo(State.STALE);
        assertThat(health(SCOPE).reasons().get(0).detail()).startsWith("the store could not be asked for too long: ");

        faulty.heal();
        poll();
        assertThat(health(SCOPE).state()).isEqualTo(State.READY);
    }

    @Test
    void aLocalCopyThatTheStoreHasNotConfirmedIsStale() {
        ship(SCOPE);
        open(settings().localCopies(directory.resolve("copies"))).preload("acme", "home", ENOUGH);
        poll(); // the copy is kept after the release serves
        faulty.always(Fault.UNAVAILABLE);
        open(settings().localCopies(directory.resolve("copies"))).preload("acme", "home", ENOUGH);

        assertThat(health(SCOPE).state()).isEqualTo(State.STALE);
        assertThat(health(SCOPE).reasons().get(0).detail()).startsWith("a local copy serves: ");
    }

    @Test
    void aRequiredSurfaceThatNobodyAskedForBeginsToLoad() {
        ship(SCOPE);
        assertThat(health(SCOPE).state()).isEqualTo(State.NOT_READY);

        poll();

        assertThat(health(SCOPE).state()).isEqualTo(State.READY);
    }

    @Test
    void aRequiredSurfaceMakesNoRoomForOthersWhileItsHealthIsAsked() {
        ship(SCOPE);
        ship(CART);
        open(settings().maxSurfaces(1)).preload("acme", "home", ENOUGH);
        for (int hours = 0; hours < 12; hours++) {
            clock.advance(Duration.ofHours(1));
            health(SCOPE);
        }

        recommender.recommend("acme", "cart", "u1");

        assertThat(recommender.status("acme", "home").revision()).isPresent();
        clock.advance(Duration.ofHours(3));
        recommender.recommend("acme", "cart", "u1");
        assertThat(recommender.status("acme", "home").revision()).isEmpty();
    }

    @Test
    void aSuspendedTenantKeepsNobodyFromBeingReady() {
        controls.putTenant("acme", new Tenant(Tenant.Status.SUSPENDED, Tenant.Serving.ARTIFACTS));

        assertThat(health(SCOPE).state()).isEqualTo(State.READY);
    }

    @Test
    void aClosedRecommenderIsNotReady() {
        recommender.close();

        assertThat(health(SCOPE).reasons())
                .containsExactly(new RecommenderHealth.Reason(SCOPE, State.NOT_READY, "this recommender is closed"));
    }

    @Test
    void anAgeThatNothingCanHaveIsRefused() {
        assertThatThrownBy(() -> RecommenderHealth.of(recommender, List.of(SCOPE), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxAge is PT0S");
    }
}
