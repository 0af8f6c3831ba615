package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.control.Exposure;
import dev.recsys.control.Tenant;
import dev.recsys.control.Tenant.Serving;
import dev.recsys.control.Tenant.Status;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SuspendedTenantTest {
    private static final Tenant SUSPENDED = new Tenant(Status.SUSPENDED, Serving.ARTIFACTS);
    private static final RecommendationRequest REQUEST =
            RecommendationRequest.of("acme", "home").k(2).build();

    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final InMemoryControls known = InMemoryControls.create();
    private final FallibleControls controls = new FallibleControls(known);
    private final List<Exposure> exposures = new ArrayList<>();
    private final List<Recommendations> heard = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(EmbeddedRecommender.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final EmbeddedRecommender recommender = EmbeddedRecommender.builder(store)
            .controls(controls)
            .eventSink(exposures::add)
            .firstLoadTimeout(Duration.ofSeconds(30))
            .refreshInterval(Duration.ofHours(1))
            .listener(new RecommenderListener() {
                @Override
                public void onRequest(RecommendationRequest request, Recommendations answer, long latencyNanos) {
                    heard.add(answer);
                }
            })
            .build();

    @TempDir
    private Path directory;

    @BeforeEach
    void ship() {
        ManifestPublisher.open(store, "test")
                .ship(ShipRequest.of(SCOPE, new Builds(directory).both(10, 1), "a ship")
                        .createSurface());
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void close() {
        recommender.close();
        logger.detachAppender(lines);
        logger.setLevel(Level.OFF);
    }

    private static List<Kind> kinds(Recommendations answer) {
        return answer.degradations().stream().map(Degradation::kind).toList();
    }

    private long linesWith(String text) {
        return lines.list.stream()
                .filter(line -> line.getFormattedMessage().contains(text))
                .count();
    }

    @Test
    void aSuspendedTenantGetsAnEmptyAnswerThatSaysSoAndNamesNoRelease() {
        known.putTenant("acme", SUSPENDED);

        Recommendations answer = recommender.recommend(REQUEST);

        assertThat(answer.items()).isEmpty();
        assertThat(answer.release()).isZero();
        assertThat(answer.versions()).isEqualTo(Recommendations.Versions.NONE);
        assertThat(kinds(answer)).containsExactly(Kind.TENANT_SUSPENDED);
    }

    @Test
    void anExplanationForASuspendedTenantIsThatItIsSuspended() {
        recommender.recommend(REQUEST);
        known.putTenant("acme", SUSPENDED);

        var explanation = recommender.explain(REQUEST, Set.of("i1"));

        assertThat(explanation.items()).isEmpty();
        assertThat(kinds(explanation.answer())).containsExactly(Kind.TENANT_SUSPENDED);
    }

    @Test
    void listenersHearOfRequestsOfASuspendedTenantAndNothingIsRecordedAsShown() {
        known.putTenant("acme", SUSPENDED);

        recommender.recommend(REQUEST);

        assertThat(heard).hasSize(1);
        assertThat(exposures).isEmpty();
    }

    @Test
    void nothingIsLoadedForATenantThatIsKnownAsSuspended() {
        known.putTenant("acme", SUSPENDED);

        recommender.recommend(REQUEST);

        assertThat(recommender.statuses()).isEmpty();
    }

    @Test
    void aTenantIsServedUntilItIsSuspendedAndFromWhenItIsActiveAgain() {
        assertThat(recommender.recommend(REQUEST).items()).hasSize(2);
        known.putTenant("acme", SUSPENDED);
        assertThat(recommender.recommend(REQUEST).items()).isEmpty();
        known.putTenant("acme", Tenant.ACTIVE);

        assertThat(recommender.recommend(REQUEST).items()).hasSize(2);
    }

    @Test
    void aTenantThatWasSuspendedFromTheStartIsLoadedOnceItIsActive() {
        known.putTenant("acme", SUSPENDED);
        recommender.recommend(REQUEST);
        known.putTenant("acme", Tenant.ACTIVE);

        assertThat(recommender.recommend(REQUEST).items()).hasSize(2);
    }

    @Test
    void whatIsLearntWhileTheFirstRequestWaitsHoldsForItAlready() {
        controls.whenPreparing(scope -> known.putTenant(scope.tenant(), SUSPENDED));

        assertThat(kinds(recommender.recommend(REQUEST))).containsExactly(Kind.TENANT_SUSPENDED);
    }

    @Test
    void aControlPlaneThatIsAskedForIsToldThatASuspendedTenantIsActiveAgain() {
        known.putTenant("acme", SUSPENDED);
        controls.whenPreparing(scope -> known.putTenant(scope.tenant(), Tenant.ACTIVE));

        recommender.recommend(REQUEST);
        controls.awaitPreparations(1);

        assertThat(recommender.recommend(REQUEST).items()).hasSize(2);
    }

    @Test
    void requestsOfASuspendedTenantDoNotLetTheControlPlaneLookMoreThanOnceAnInterval() {
        known.putTenant("acme", SUSPENDED);
        for (int i = 0; i < 100; i++) {
            recommender.recommend(REQUEST);
        }
        controls.awaitPreparations(1);

        assertThat(controls.prepared()).containsExactly(SCOPE);
    }

    @Test
    void whereTheTenantsCannotBeHadWhatWasSaidLastHolds() {
        known.putTenant("acme", SUSPENDED);
        recommender.recommend(REQUEST);
        controls.tenantsFail(true);

        Recommendations suspended = recommender.recommend(REQUEST);
        controls.tenantsFail(false);
        known.putTenant("acme", Tenant.ACTIVE);
        recommender.recommend(REQUEST);
        controls.tenantsFail(true);
        Recommendations active = recommender.recommend(REQUEST);

        assertThat(kinds(suspended)).containsExactly(Kind.TENANT_SUSPENDED, Kind.CONTROL_UNAVAILABLE);
        assertThat(active.items()).hasSize(2);
        assertThat(kinds(active)).contains(Kind.CONTROL_UNAVAILABLE);
    }

    @Test
    void aTenantOfWhomNothingCouldEverBeSaidIsServed() {
        controls.tenantsFail(true);

        Recommendations answer = recommender.recommend(REQUEST);

        assertThat(answer.items()).hasSize(2);
        assertThat(kinds(answer)).contains(Kind.CONTROL_UNAVAILABLE);
    }

    @Test
    void controlsArePreparedBeforeAReleaseServesAndNeverByARequest() {
        controls.whenPreparing(scope -> assertThat(
                        recommender.status(scope.tenant(), scope.surface()).revision())
                .isEmpty());

        recommender.recommend(REQUEST);
        recommender.recommend(REQUEST);

        assertThat(controls.prepared()).containsExactly(SCOPE);
        assertThat(controls.preparers()).doesNotContain(Thread.currentThread());
        assertThat(linesWith("could not be had")).isZero();
    }

    @Test
    void controlsArePreparedAtEveryPoll() {
        recommender.recommend(REQUEST);
        recommender.invalidate("acme", "home").join();
        recommender.invalidate("acme", "home").join();

        assertThat(controls.prepared()).containsExactly(SCOPE, SCOPE, SCOPE);
    }

    @Test
    void aPreparationThatFailsIsLoggedWhenThatBeginsAndWhenItEnds() {
        controls.whenPreparing(scope -> {
            throw new IllegalStateException("the database is away");
        });
        assertThat(recommender.recommend(REQUEST).items()).hasSize(2);
        recommender.invalidate("acme", "home").join();
        recommender.invalidate("acme", "home").join();
        assertThat(linesWith("could not be had")).isEqualTo(1);
        controls.whenPreparing(scope -> {});

        recommender.invalidate("acme", "home").join();
        recommender.invalidate("acme", "home").join();

        assertThat(linesWith("could not be had")).isEqualTo(1);
        assertThat(linesWith("can be had again")).isEqualTo(1);
    }

    @Test
    void aPreparationThatNeverEndsCostsTheFirstRequestNoMoreThanItsTime() {
        CountDownLatch never = new CountDownLatch(1);
        controls.whenPreparing(scope -> await(never));
        try (EmbeddedRecommender impatient = EmbeddedRecommender.builder(store)
                .controls(controls)
                .firstLoadTimeout(Duration.ofMillis(50))
                .build()) {
            assertThat(kinds(impatient.recommend(REQUEST))).containsExactly(Kind.NOT_READY);
        } finally {
            never.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anotherTenantIsServedMeanwhile() {
        known.putTenant("other", SUSPENDED);

        assertThat(recommender.recommend(REQUEST).items()).hasSize(2);
        assertThat(kinds(recommender.recommend(
                        RecommendationRequest.of("other", "home").build())))
                .containsExactly(Kind.TENANT_SUSPENDED);
    }
}
