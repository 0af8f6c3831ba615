package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.Recommendations;
import dev.recsys.control.Tenant;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SwitchingRecommenderTest {
    private static final Duration ENOUGH = Duration.ofSeconds(20);
    private static final int IN_ARTIFACTS = 10;
    private static final int IN_TABLES = 7;

    private final FaultyBlobStore artifactStore = FaultyBlobStore.over(MemoryBlobStore.open());
    private final FaultyBlobStore tableStore = FaultyBlobStore.over(MemoryBlobStore.open());
    private final EmbeddedRecommender artifacts = over(artifactStore);
    private final EmbeddedRecommender tables = over(tableStore);
    private volatile Tenant tenant = Tenant.ACTIVE;
    private volatile boolean silent;
    private final SwitchingRecommender switching = new SwitchingRecommender(artifacts, tables, scope -> {
        if (silent) {
            throw new IllegalStateException("no answer");
        }
        return tenant;
    });

    @TempDir
    private Path directory;

    @BeforeEach
    void ship() {
        Builds builds = new Builds(directory);
        try (ManifestPublisher publisher = ManifestPublisher.open(artifactStore, "test")) {
            publisher.ship(ShipRequest.of(SCOPE, builds.both(IN_ARTIFACTS, 1), "a ship")
                    .createSurface());
        }
        try (ManifestPublisher publisher = ManifestPublisher.open(tableStore, "test")) {
            publisher.ship(
                    ShipRequest.of(SCOPE, builds.both(IN_TABLES, 2), "a fill").createSurface());
        }
    }

    @AfterEach
    void close() {
        switching.close();
        artifacts.close();
        tables.close();
    }

    private static EmbeddedRecommender over(FaultyBlobStore store) {
        return EmbeddedRecommender.builder(store)
                .refreshInterval(Duration.ofHours(1))
                .firstLoadTimeout(ENOUGH)
                .build();
    }

    private void serveFrom(Tenant.Serving serving) {
        tenant = new Tenant(Tenant.Status.ACTIVE, serving);
    }

    private Recommendations ask() {
        return switching.recommend(SCOPE.tenant(), SCOPE.surface(), "u1");
    }

    private static List<Kind> kinds(Recommendations answer) {
        return answer.degradations().stream().map(Degradation::kind).toList();
    }

    @Test
    void aTenantIsServedFromWhereItsConfigurationSays() {
        assertThat(ask().items()).hasSize(IN_ARTIFACTS);
        assertThat(switching.chosen(SCOPE)).isSameAs(artifacts);
        assertThat(tables.statuses()).isEmpty();

        serveFrom(Tenant.Serving.TABLES);
        tables.preload(SCOPE.tenant(), SCOPE.surface(), ENOUGH);

        assertThat(ask().items()).hasSize(IN_TABLES);
        assertThat(kinds(ask())).doesNotContain(Kind.OTHER_SERVING);
        assertThat(switching.chosen(SCOPE)).isSameAs(tables);
    }

    @Test
    void aTenantGoesForthAndBackWithoutAGap() {
        for (int round = 0; round < 20; round++) {
            serveFrom(round % 2 == 0 ? Tenant.Serving.ARTIFACTS : Tenant.Serving.TABLES);
            assertThat(ask().items()).isNotEmpty();
            assertThat(kinds(ask())).doesNotContain(Kind.NOT_READY);
        }
        tables.preload(SCOPE.tenant(), SCOPE.surface(), ENOUGH);
        assertThat(ask().items()).hasSize(IN_TABLES);
        serveFrom(Tenant.Serving.ARTIFACTS);
        assertThat(ask().items()).hasSize(IN_ARTIFACTS);
    }

    @Test
    void whileTheNewOneLoadsTheOldOneAnswersAtOnceAndSaysSo() {
        ask();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        tableStore.beforeNext(StoreCall.READ, () -> {
            asked.countDown();
            await(goOn);
        });
        serveFrom(Tenant.Serving.TABLES);

        Recommendations meanwhile = ask();
        await(asked);

        assertThat(meanwhile.items()).hasSize(IN_ARTIFACTS);
        assertThat(kinds(meanwhile)).contains(Kind.OTHER_SERVING).isSorted();
        goOn.countDown();
        tables.preload(SCOPE.tenant(), SCOPE.surface(), ENOUGH);
        assertThat(ask().items()).hasSize(IN_TABLES);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whereTheNewOneCannotBeHadTheOldOneServesOn() {
        ask();
        tableStore.always(Fault.UNAVAILABLE);
        serveFrom(Tenant.Serving.TABLES);
        ask();
        tables.invalidate(SCOPE.tenant(), SCOPE.surface()).join();

        assertThat(ask().items()).hasSize(IN_ARTIFACTS);
        assertThat(kinds(ask())).contains(Kind.OTHER_SERVING);
        tableStore.heal();
        tables.preload(SCOPE.tenant(), SCOPE.surface(), ENOUGH);
        assertThat(ask().items()).hasSize(IN_TABLES);
    }

    @Test
    void withoutEitherTheAnswerIsThatOfTheChosenOne() {
        tableStore.always(Fault.UNAVAILABLE);
        serveFrom(Tenant.Serving.TABLES);

        Recommendations answer = ask();

        assertThat(kinds(answer)).containsExactly(Kind.NOT_READY);
        assertThat(artifacts.statuses()).isEmpty();
    }

    @Test
    void whereTheTenantsCannotBeAskedWhatWasSaidLastHolds() {
        silent = true;
        assertThat(ask().items()).hasSize(IN_ARTIFACTS);

        silent = false;
        serveFrom(Tenant.Serving.TABLES);
        tables.preload(SCOPE.tenant(), SCOPE.surface(), ENOUGH);
        ask();
        silent = true;

        assertThat(ask().items()).hasSize(IN_TABLES);
    }

    @Test
    void bothStayOpenWhenTheSwitchIsClosed() {
        switching.close();
        switching.close();

        assertThat(artifacts.recommend(SCOPE.tenant(), SCOPE.surface(), "u1").items())
                .hasSize(IN_ARTIFACTS);
    }
}
