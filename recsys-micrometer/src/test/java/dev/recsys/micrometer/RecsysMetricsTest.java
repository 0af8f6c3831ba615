package dev.recsys.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Assignment;
import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.log.LogStats;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.StoreCall;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecsysMetricsTest {
    @TempDir
    private Path folder;

    private final Deque<MonitoredShop> open = new ArrayDeque<>();

    private MonitoredShop shop(UnaryOperator<RecsysMetrics.Builder> settings) {
        MonitoredShop shop = new MonitoredShop(folder, settings);
        open.add(shop);
        return shop;
    }

    private MonitoredShop shop() {
        return shop(settings -> settings);
    }

    @AfterEach
    void close() {
        open.forEach(MonitoredShop::close);
    }

    private static void answer(MonitoredShop shop, Scope scope, Optional<Assignment> assignment) {
        Recommendations answer =
                new Recommendations(scope, 1, 1, 1, Recommendations.Versions.NONE, assignment, List.of(), List.of());
        shop.metrics.onRequest(
                RecommendationRequest.of(scope.tenant(), scope.surface()).build(), answer, 1_000);
    }

    @Test
    void requestsAreCountedByResultForEachSurface() {
        MonitoredShop shop = shop();
        shop.ship("acme", "home", 10);
        shop.load("acme", "home");
        shop.recommend("acme", "home");
        shop.recommend("acme", "home");
        shop.recommend("acme", "nowhere");
        shop.suspend("closed");
        shop.recommend("closed", "home");

        Scrape scrape = shop.scrape();

        String name = "recsys_requests_total";
        assertThat(scrape.value(name, "tenant", "acme", "surface", "home", "result", "items"))
                .isEqualTo(2);
        assertThat(scrape.value(name, "tenant", "acme", "surface", "home", "result", "empty"))
                .isEqualTo(0);
        assertThat(scrape.value(name, "surface", "nowhere", "result", "empty")).isEqualTo(1);
        assertThat(scrape.value(name, "tenant", "closed", "result", "empty")).isEqualTo(0);
        assertThat(scrape.value(name, "tenant", "closed", "result", "suspended"))
                .isEqualTo(1);
        assertThat(scrape.value("recsys_request_items_sum", "surface", "home", "tenant", "acme"))
                .isEqualTo(10);
        assertThat(scrape.value("recsys_request_latency_seconds_count")).isEqualTo(4);
        assertThat(scrape.value("recsys_request_latency_seconds_bucket", "le", "+Inf"))
                .isEqualTo(4);
    }

    @Test
    void aKindOfDegradationCountsOnceAnAnswer() {
        MonitoredShop shop = shop();
        Scope scope = new Scope("acme", "home");
        List<Degradation> twice =
                List.of(new Degradation(Kind.SIGNAL_MISSING, "one"), new Degradation(Kind.SIGNAL_MISSING, "two"));
        Recommendations answer =
                new Recommendations(scope, 1, 1, 1, Recommendations.Versions.NONE, Optional.empty(), List.of(), twice);

        shop.metrics.onRequest(RecommendationRequest.of("acme", "home").build(), answer, 1_000);

        assertThat(shop.scrape().value("recsys_degradations_total", "kind", "signal_missing"))
                .isEqualTo(1);
    }

    @Test
    void agesAreThoseOfTheReleaseAndOfItsData() {
        MonitoredShop shop = shop();
        shop.ship("acme", "home", 10);
        shop.load("acme", "home");
        shop.clock.advance(Duration.ofHours(3));
        shop.poll("acme", "home");

        Scrape scrape = shop.scrape();

        assertThat(scrape.value("recsys_release_age_seconds")).isCloseTo(3 * 3600, within(2.0));
        assertThat(scrape.value("recsys_data_age_seconds")).isCloseTo(4 * 3600, within(2.0));
        assertThat(scrape.value("recsys_release_number")).isEqualTo(1);
        assertThat(scrape.value("recsys_snapshot_size_bytes")).isPositive();
        assertThat(scrape.value("recsys_load_duration_seconds_count")).isEqualTo(1);
    }

    @Test
    void aStoreThatFailsMovesFailuresLagAndState() {
        MonitoredShop shop = shop();
        shop.ship("acme", "home", 10);
        shop.load("acme", "home");
        shop.poll("acme", "home");
        Scrape before = shop.scrape();
        shop.store.always(Fault.UNAVAILABLE);
        shop.clock.advance(Duration.ofHours(1));
        shop.poll("acme", "home");

        Scrape during = shop.scrape();

        assertThat(before.value("recsys_load_failures_total")).isEqualTo(0);
        assertThat(before.value("recsys_refresh_lag_seconds")).isLessThan(60);
        assertThat(before.value("recsys_surfaces", "state", "fresh")).isEqualTo(1);
        assertThat(during.value("recsys_load_failures_total")).isPositive();
        assertThat(during.value("recsys_refresh_lag_seconds")).isGreaterThanOrEqualTo(3600);
        assertThat(during.value("recsys_surfaces", "state", "fresh")).isEqualTo(0);
        assertThat(during.value("recsys_surfaces", "state", "stale")).isEqualTo(1);

        shop.store.heal();
        shop.poll("acme", "home");
        assertThat(shop.scrape().value("recsys_refresh_lag_seconds")).isLessThan(60);
    }

    @Test
    void aSurfaceWhoseItemsAreAllBlockedMovesItsShareOfEmptyAnswersAndNoOther() {
        MonitoredShop shop = shop();
        shop.ship("acme", "home", 10);
        shop.ship("acme", "cart", 1);
        shop.load("acme", "home");
        shop.load("acme", "cart");
        shop.recommend("acme", "cart");
        Rule block = Rule.block("all", ItemAttribute.ITEM, "i0");
        shop.controls.putRules(new Scope("acme", "cart"), new RuleSet(List.of(block)));

        shop.recommend("acme", "cart");
        shop.recommend("acme", "home");

        Scrape scrape = shop.scrape();
        String name = "recsys_requests_total";
        assertThat(scrape.value(name, "surface", "cart", "result", "items")).isEqualTo(1);
        assertThat(scrape.value(name, "surface", "cart", "result", "empty")).isEqualTo(1);
        assertThat(scrape.value(name, "surface", "home", "result", "empty")).isEqualTo(0);
    }

    @Test
    void aReleaseThatNobodyCanReadIsCountedAndTheLastOneServesOn() {
        MonitoredShop shop = shop();
        shop.ship("acme", "home", 10);
        shop.load("acme", "home");
        shop.store.always(StoreCall.COPY, Fault.BIT_FLIPPED);
        shop.ship("acme", "home", 20);
        shop.poll("acme", "home");

        Scrape during = shop.scrape();
        shop.store.heal();
        shop.poll("acme", "home");
        Scrape after = shop.scrape();

        assertThat(during.value("recsys_load_failures_total")).isPositive();
        assertThat(during.value("recsys_release_number")).isEqualTo(1);
        assertThat(after.value("recsys_release_number")).isEqualTo(2);
        assertThat(after.value("recsys_load_duration_seconds_count")).isEqualTo(2);
    }

    @Test
    void surfacesBeyondTheCapShareMetersUnlessTheyHaveSomethingLoadedAndAnotherHasNot() {
        MonitoredShop shop = shop(settings -> settings.maxScopes(2));
        shop.ship("acme", "home", 10);
        shop.recommend("junk1", "home");
        shop.recommend("junk2", "home");
        shop.recommend("junk3", "home");
        shop.load("acme", "home");
        shop.recommend("acme", "home");

        Scrape scrape = shop.scrape();

        assertThat(scrape.values("recsys_requests_total", "tenant")).hasSize(3).contains("acme", "_other");
        assertThat(scrape.value("recsys_requests_total", "tenant", "acme", "result", "items"))
                .isEqualTo(1);
        assertThat(scrape.value("recsys_requests_total", "surface", "_other", "result", "empty"))
                .isEqualTo(1);
        assertThat(scrape.value("recsys_surfaces", "surface", "_other", "state", "not_ready"))
                .isEqualTo(2);
    }

    @Test
    void aHostOfAHundredThousandTenantsHasAsManySeriesAsOneOfTheCap() {
        MonitoredShop shop = shop(settings -> settings.maxScopes(10));
        for (int tenant = 0; tenant < 100_000; tenant++) {
            answer(shop, new Scope("t" + tenant, "home"), Optional.empty());
        }

        Scrape scrape = shop.scrape();

        assertThat(scrape.value("recsys_requests_total", "tenant", "_other")).isEqualTo(99_990);
        assertThat(scrape.samples()).hasSize(11 * 36);
    }

    @Test
    void withoutTenantsASurfaceHasTheWorstAgeOfAllOfThem() {
        MonitoredShop shop = shop(RecsysMetrics.Builder::withoutTenants);
        shop.ship("acme", "home", 10);
        shop.load("acme", "home");
        shop.clock.advance(Duration.ofHours(5));
        shop.ship("bell", "home", 10);
        shop.load("bell", "home");
        shop.recommend("acme", "home");
        shop.recommend("bell", "home");

        Scrape scrape = shop.scrape();

        assertThat(scrape.value("recsys_release_age_seconds", "surface", "home"))
                .isCloseTo(5 * 3600, within(2.0));
        assertThat(scrape.value("recsys_requests_total", "surface", "home", "result", "items"))
                .isEqualTo(2);
        assertThat(scrape.value("recsys_surfaces", "surface", "home")).isEqualTo(2);
        assertThat(scrape.values("recsys_requests_total", "tenant")).isEmpty();
    }

    @Test
    void theMetersOfASurfaceThatMadeRoomGo() {
        MonitoredShop shop = shop();
        shop.ship("acme", "home", 10);
        shop.ship("acme", "cart", 10);
        shop.restart(1);
        shop.load("acme", "home");
        shop.recommend("acme", "home");
        shop.clock.advance(Duration.ofHours(1));

        shop.load("acme", "cart");

        Scrape scrape = shop.scrape();
        for (String name : scrape.names()) {
            assertThat(scrape.values(name, "surface")).as(name).isSubsetOf("cart");
        }
        assertThat(scrape.value("recsys_surfaces", "surface", "cart", "state", "fresh"))
                .isEqualTo(1);
    }

    @Test
    void aClosedRecommenderLeavesNothingInTheRegistry() {
        MonitoredShop shop = shop();
        shop.ship("acme", "home", 10);
        shop.load("acme", "home");
        shop.recommend("acme", "home");

        shop.recommender().close();

        assertThat(shop.registry.getMeters()).isEmpty();
    }

    @Test
    void aClosedRecommenderTakesNothingFromAnotherThatHasTheSameSurface() {
        MonitoredShop shop = shop();
        shop.ship("acme", "home", 10);
        shop.load("acme", "home");
        try (EmbeddedRecommender second =
                EmbeddedRecommender.builder(shop.store).listener(shop.metrics).build()) {
            second.preload("acme", "home", Duration.ofSeconds(20));
            shop.recommend("acme", "home");
        }

        Scrape scrape = shop.scrape();

        assertThat(scrape.value("recsys_requests_total", "surface", "home", "result", "items"))
                .isEqualTo(1);
        assertThat(scrape.value("recsys_surfaces", "surface", "home", "state", "fresh"))
                .isEqualTo(1);
    }

    @Test
    void anotherLogOfTheSameNameTakesThePlaceOfTheOneBefore() {
        MonitoredShop shop = shop();
        shop.metrics.log("exposures", () -> new LogStats(7, 2, 1, 3, 900, 4));

        shop.metrics.log("exposures", () -> new LogStats(100, 5, 0, 0, 0, 0));

        Scrape scrape = shop.scrape();
        assertThat(scrape.value("recsys_log_records_total", "log", "exposures", "result", "written"))
                .isEqualTo(100);
        assertThat(scrape.value("recsys_log_records_total", "log", "exposures", "result", "dropped"))
                .isEqualTo(5);
    }

    @Test
    void variantsAreCountedByNameUpToABound() {
        MonitoredShop shop = shop();
        Scope scope = new Scope("acme", "home");
        for (int variant = 0; variant < 50; variant++) {
            answer(shop, scope, Optional.of(new Assignment("exp", "v" + variant)));
            answer(shop, scope, Optional.of(new Assignment("exp", "v0")));
        }

        Scrape scrape = shop.scrape();

        assertThat(scrape.value("recsys_experiment_answers_total", "experiment", "exp", "variant", "v0"))
                .isEqualTo(51);
        assertThat(scrape.values("recsys_experiment_answers_total", "variant")).hasSize(21);
        assertThat(scrape.value("recsys_experiment_answers_total", "variant", "_other"))
                .isEqualTo(30);
    }

    @Test
    void whatBecameOfALogsRecordsIsTold() {
        MonitoredShop shop = shop();
        shop.metrics.log("exposures", () -> new LogStats(7, 2, 1, 3, 900, 4));

        Scrape scrape = shop.scrape();

        String name = "recsys_log_records_total";
        assertThat(scrape.value(name, "log", "exposures", "result", "written")).isEqualTo(7);
        assertThat(scrape.value(name, "log", "exposures", "result", "dropped")).isEqualTo(2);
        assertThat(scrape.value(name, "log", "exposures", "result", "failed")).isEqualTo(1);
        assertThat(scrape.value(name, "log", "exposures", "result", "lost")).isEqualTo(4);
        assertThat(scrape.value("recsys_log_queued", "log", "exposures")).isEqualTo(3);
        assertThat(scrape.value("recsys_log_size_bytes_total", "log", "exposures"))
                .isEqualTo(900);
    }

    @Test
    void noUserItemOrRequestIsInAnyTag() {
        MonitoredShop shop = shop();
        shop.ship("acme", "home", 10);
        shop.load("acme", "home");
        shop.recommend("acme", "home");

        assertThat(shop.registry.scrape()).doesNotContain("secret").doesNotContain("i0");
    }

    @Test
    void aRequestAllocatesNothing() {
        MonitoredShop shop = shop();
        RecommendationRequest request = RecommendationRequest.of("acme", "home").build();
        Recommendations answer = new Recommendations(
                request.scope(),
                1,
                1,
                1,
                Recommendations.Versions.NONE,
                Optional.of(new Assignment("exp", "a")),
                List.of(new RecommendedItem("i1", 1, List.of("popularity"), List.of(), 1)),
                List.of(new Degradation(Kind.NO_HISTORY, "a newcomer"), new Degradation(Kind.FEWER_THAN_K, "few")));
        int rounds = 100_000;
        long bytes = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && bytes > 0; attempt++) { // the compiler needs a while
            bytes = allocated(() -> {
                for (int i = 0; i < rounds; i++) {
                    shop.metrics.onRequest(request, answer, 1_000 + i);
                }
            });
        }

        assertThat(bytes / rounds).as("bytes a request").isZero();
    }

    private static long allocated(Runnable code) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        code.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void aCapOfNothingIsRefused() {
        MonitoredShop shop = shop();

        assertThatThrownBy(() -> RecsysMetrics.builder(shop.registry).maxScopes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxScopes is 0; expected at least 1");
    }
}
