package dev.recsys.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Assignment;
import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Experiment;
import dev.recsys.control.Exposure;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.SignalWeights;
import dev.recsys.control.Variant;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.publish.Build;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.trust.TrustList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentServingTest {
    private static final Scope SCOPE = Builds.SCOPE;
    private static final Duration ENOUGH = Duration.ofSeconds(20);

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final ManifestPublisher publisher = new Publishers(clock).over(store, "test");
    private final InMemoryControls controls = InMemoryControls.create();
    private final List<Exposure> exposures = new ArrayList<>();
    private final List<Recommendations> atLoad = new CopyOnWriteArrayList<>();
    private EmbeddedRecommender recommender = recommender(Long.MAX_VALUE);

    @TempDir
    private Path directory;

    private EmbeddedRecommender recommender(long budgetBytes) {
        return EmbeddedRecommender.builder(store)
                .controls(controls)
                .eventSink(exposures::add)
                .refreshInterval(Duration.ofHours(1))
                .memoryBudget(budgetBytes)
                .listener(new RecommenderListener() {
                    @Override
                    public void onLoaded(SnapshotStatus status, Duration took) {
                        if (status.revision().orElseThrow().release() > 1) {
                            atLoad.add(ask(userOf(0)));
                        }
                    }
                })
                .build();
    }

    @AfterEach
    void close() {
        recommender.close();
    }

    private void ship(int salt) {
        Build build = new Builds(directory.resolve("b" + salt)).both(10 + salt, salt);
        publisher.ship(ShipRequest.of(SCOPE, build, "a ship").createSurface());
    }

    private void poll() {
        recommender.invalidate("acme", "home").join();
    }

    private static final Experiment HALVES = Experiment.of("e", List.of(Variant.of("a"), Variant.of("b")));

    /** Returns a user who is in a variant, whatever the variants are. */
    private static String userOf(int variant) {
        int number = 0;
        while (HALVES.variantOf("user-" + number) != variant) {
            number++;
        }
        return "user-" + number;
    }

    private static RecommendationRequest request(String user) {
        return RecommendationRequest.of("acme", "home")
                .user(user)
                .recentItems(List.of("i2"))
                .k(5)
                .build();
    }

    private Recommendations ask(String user) {
        return recommender.recommend(request(user));
    }

    private void experiment(Variant a, Variant b) {
        controls.putConfig(
                SCOPE,
                RankingConfig.DEFAULT.withExperiment(
                        new Experiment("e", "e", HALVES.unitKey(), 1, HALVES.from(), HALVES.until(), List.of(a, b))));
    }

    private static List<String> items(Recommendations answer) {
        return answer.items().stream().map(RecommendedItem::itemId).toList();
    }

    private static List<Kind> kinds(Recommendations answer) {
        return answer.degradations().stream().map(Degradation::kind).toList();
    }

    private Recommendations replayed(Exposure exposure) {
        return Replayer.over(store, TrustList.ANYONE, ENOUGH).with(controls).replay(exposure);
    }

    @Test
    void aVariantRanksByItsOwnConfigurationAndIsNamed() {
        ship(1);
        RankingConfig popular =
                RankingConfig.DEFAULT.withWeights(SignalWeights.of(Map.of(ArtifactType.POPULARITY, 1.0)));
        experiment(Variant.of("a"), Variant.of("b").withConfig(popular));

        Recommendations a = ask(userOf(0));
        Recommendations b = ask(userOf(1));

        assertThat(a.assignment()).contains(new Assignment("e", "a"));
        assertThat(b.assignment()).contains(new Assignment("e", "b"));
        assertThat(items(a)).startsWith("i3");
        assertThat(items(b)).startsWith("i0");
        assertThat(recommender.explain(request(userOf(1)), Set.of()).answer()).isEqualTo(b);
        assertThat(replayed(exposures.get(0))).isEqualTo(a);
        assertThat(replayed(exposures.get(1))).isEqualTo(b);
    }

    @Test
    void aVariantFollowsItsOwnRules() {
        ship(1);
        controls.putRules(SCOPE, new RuleSet(List.of(Rule.block("no-i3", ItemAttribute.ITEM, "i3"))));
        experiment(
                Variant.of("a").withRules(List.of(Rule.pin("p", "i9", 1))),
                Variant.of("b").withoutRules(Set.of("no-i3")));

        assertThat(items(ask(userOf(0)))).startsWith("i9").doesNotContain("i3");
        assertThat(items(ask(userOf(1)))).startsWith("i3").doesNotContain("i9");
        assertThat(exposures)
                .allSatisfy(exposure -> assertThat(replayed(exposure)).isEqualTo(exposure.answer()));
    }

    @Test
    void aVariantIsAnsweredByItsOwnRelease() {
        ship(1);
        ship(2);
        experiment(Variant.of("a").withRelease(1), Variant.of("b"));
        recommender.preload("acme", "home", ENOUGH);
        poll();
        exposures.clear();

        Recommendations a = ask(userOf(0));

        assertThat(a.release()).isEqualTo(1);
        assertThat(a.assignment()).contains(new Assignment("e", "a"));
        assertThat(ask(userOf(1)).release()).isEqualTo(2);
        assertThat(replayed(exposures.get(0))).isEqualTo(a);
    }

    @Test
    void thereIsNoGapWhenTheReleaseOfAVariantStopsBeingCurrent() {
        ship(1);
        experiment(Variant.of("a").withRelease(1), Variant.of("b"));
        recommender.preload("acme", "home", ENOUGH);
        assertThat(ask(userOf(0)).assignment()).isPresent();
        ship(2);

        poll();

        assertThat(atLoad).hasSize(1);
        assertThat(atLoad.get(0).release()).isEqualTo(1);
        assertThat(atLoad.get(0).assignment()).contains(new Assignment("e", "a"));
        assertThat(ask(userOf(0)).release()).isEqualTo(1);
        assertThat(ask(userOf(1)).release()).isEqualTo(2);
    }

    @Test
    void nobodyIsInAnExperimentOfWhichAVariantCannotBeServed() {
        ship(1);
        experiment(Variant.of("a"), Variant.of("b").withRelease(7));
        recommender.preload("acme", "home", ENOUGH);
        poll();

        Recommendations a = ask(userOf(0));

        assertThat(a.assignment()).isEmpty();
        assertThat(a.degradations())
                .contains(new Degradation(
                        Kind.EXPERIMENT_OFF,
                        "nobody is in experiment e: release 7, which variant b names, is not loaded: Release 7 of"
                                + " acme/home does not exist or is not retained. `history` lists the releases."));
        assertThat(a.items()).hasSize(5);
        experiment(Variant.of("a"), Variant.of("b").withRelease(1));
        assertThat(ask(userOf(0)).assignment()).isPresent();
    }

    @Test
    void anExperimentIsOffUntilItsReleasesAreLoadedAndGivesThemUpWhenItIsOver() {
        ship(1);
        ship(2);
        recommender.preload("acme", "home", ENOUGH);
        poll(); // the poll that loaded it may not be over yet, and would load what the experiment names
        long alone = recommender.status("acme", "home").heapBytes();
        experiment(Variant.of("a").withRelease(1), Variant.of("b"));

        Recommendations early = ask(userOf(1));
        poll();
        long both = recommender.status("acme", "home").heapBytes();
        Recommendations later = ask(userOf(1));
        controls.putConfig(SCOPE, RankingConfig.DEFAULT);
        poll();

        assertThat(kinds(early)).contains(Kind.EXPERIMENT_OFF);
        assertThat(kinds(later)).doesNotContain(Kind.EXPERIMENT_OFF);
        assertThat(both).isGreaterThan(alone);
        assertThat(recommender.status("acme", "home").heapBytes()).isEqualTo(alone);
    }

    @Test
    void anExperimentNeverTakesTheRoomOfACurrentRelease() {
        ship(1);
        ship(2);
        long needBytes = MemoryNeed.of(publisher.current("acme", "home").manifest(), false);
        recommender.close();
        recommender = recommender(needBytes);
        experiment(Variant.of("a").withRelease(1), Variant.of("b"));
        recommender.preload("acme", "home", ENOUGH);
        poll();

        Recommendations answer = ask(userOf(0));

        assertThat(answer.release()).isEqualTo(2);
        assertThat(kinds(answer)).contains(Kind.EXPERIMENT_OFF);
    }

    @Test
    void rulesThatContradictThoseOfTheSurfaceTurnAnExperimentOff() {
        ship(1);
        controls.putRules(SCOPE, new RuleSet(List.of(Rule.block("no-i3", ItemAttribute.ITEM, "i3"))));
        experiment(Variant.of("a"), Variant.of("b").withRules(List.of(Rule.pin("p", "i3", 1))));

        Recommendations answer = ask(userOf(0));

        assertThat(answer.assignment()).isEmpty();
        assertThat(answer.degradations())
                .anySatisfy(degradation -> assertThat(degradation.detail())
                        .isEqualTo("nobody is in experiment e: variant b: "
                                + "rules 'no-i3' and 'p' contradict each other: "
                                + "one pins item 'i3', the other blocks it while both may hold. Give them different windows,"
                                + " segments or priorities, or drop one."));
    }

    @Test
    void whoHasNoNameIsInNoExperiment() {
        ship(1);
        experiment(Variant.of("a"), Variant.of("b"));

        Recommendations answer = recommender.recommend(
                RecommendationRequest.of("acme", "home").k(5).build());

        assertThat(answer.assignment()).isEmpty();
        assertThat(kinds(answer)).doesNotContain(Kind.EXPERIMENT_OFF);
    }
}
