package dev.recsys.preview;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.recsys.Assignment;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.control.Experiment;
import dev.recsys.control.Exposure;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.Outcome;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Variant;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.preview.PreviewChange.Item;
import dev.recsys.preview.PreviewChange.User;
import dev.recsys.preview.PreviewReport.Lists;
import dev.recsys.publish.Build;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a preview says of lists that can be made by hand, and of lists that serving makes. */
class PreviewTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final MemoryBlobStore store = MemoryBlobStore.open();

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void setUp() {
        builds = new Builds(directory);
    }

    private void ship(Build build) {
        ManifestPublisher.open(store, "test")
                .ship(ShipRequest.of(SCOPE, build, "a ship").createSurface().overrideAll());
    }

    private Preview.Builder preview(Build build) {
        return Preview.builder(store, build);
    }

    private static PreviewChange change(PreviewReport report) {
        return report.change().orElseThrow();
    }

    @Test
    void theSameBuildChangesNothing() {
        Build build = builds.both(40, 1);
        ship(build);

        PreviewReport report = preview(build).build().compare(Log.oneEach(200, 40));

        assertThat(report.current()).contains(report.candidate());
        assertThat(change(report).overlap()).isEqualTo(1);
        assertThat(change(report).identical()).isEqualTo(200);
        assertThat(change(report).firstKept()).isEqualTo(1);
        assertThat(change(report).rankShift()).isZero();
        assertThat(change(report).scoreShift()).isZero();
        assertThat(change(report).gained()).isEmpty();
        assertThat(change(report).users()).isEmpty();
        assertThat(report.verdict(PreviewLimits.DEFAULT).objections()).isEmpty();
    }

    @Test
    void listsAreComparedAsByHand() {
        ship(builds.popularityOnly(4, 0)); // i0 to i3 score 4, 3, 2, 1
        Build candidate = builds.popularityOnly(3, 1); // i0 to i2 score 4, 3, 2
        List<Exposure> log = List.of(
                Log.exposure(Log.request().user("ann").requestId("r1").k(3).build()),
                Log.exposure(Log.request().user("bob").requestId("r2").k(3).build(), "i0"),
                Log.exposure(Log.request()
                        .user("cat")
                        .k(3)
                        .excludes(Set.of("i0", "i1", "i2"))
                        .build()));

        PreviewReport report = preview(candidate).build().compare(log);

        Lists before = report.current().orElseThrow();
        assertThat(List.of(before.empty(), before.shorter(), before.shown(), before.coverage()))
                .containsExactly(0L, 1L, 7L, 4L);
        Lists after = report.candidate();
        assertThat(List.of(after.empty(), after.shorter(), after.shown(), after.coverage()))
                .containsExactly(1L, 1L, 5L, 3L);
        PreviewChange change = change(report);
        assertThat(change.becameEmpty()).isEqualTo(1);
        assertThat(change.overlap()).isEqualTo((1 + 2 / 3.0 + 0) / 3, offset(1e-9));
        assertThat(change.overlaps()).containsExactly(1L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 1L);
        assertThat(change.firstKept()).isEqualTo(2 / 3.0);
        assertThat(change.lost()).containsExactly(new Item("i3", 2, 0));
        assertThat(change.users()).containsExactly(new User("cat", "", 0, 1, 0), new User("bob", "r2", 2 / 3.0, 3, 2));
    }

    @Test
    void placesAndScoresOfItemsThatStayAreComparedWithinTheirLists() {
        ship(builds.write(SCOPE, Builds.day(1), build -> Builds.popularity(build, 3, 1))); // 4, 3, 2
        Build candidate = builds.popularityOnly(3, 7); // 10, 9, 8

        PreviewReport report = preview(candidate)
                .build()
                .compare(List.of(Log.exposure(Log.request().user("ann").build())));

        assertThat(change(report).rankShift()).isZero();
        double shifts = 0 + (9 / 10.0 - 3 / 4.0) + (8 / 10.0 - 2 / 4.0);
        assertThat(change(report).scoreShift()).isEqualTo(shifts / 3, offset(1e-6));
        assertThat(change(report).overlap()).isEqualTo(1);
    }

    @Test
    void beforeTheFirstShipThereIsTheCandidateAlone() {
        PreviewReport report = preview(builds.both(10, 1)).build().compare(Log.oneEach(3, 10));

        assertThat(report.current()).isEmpty();
        assertThat(report.change()).isEmpty();
        assertThat(report.candidate().requests()).isEqualTo(3);
        assertThat(report.candidate().shown()).isEqualTo(15);
        assertThat(report.subject().release()).isZero();
        assertThat(report.verdict(PreviewLimits.DEFAULT).objections()).isEmpty();
    }

    @Test
    void tooFewRequestsAreNoReasonToPass() {
        Build build = builds.both(10, 1);
        ship(build);
        PreviewReport report = preview(build).build().compare(Log.oneEach(12, 10));

        assertThat(report.verdict(PreviewLimits.DEFAULT).objections())
                .containsExactly(
                        "12 requests are too few to judge by, at least 100 are expected; replay more of the log");
        assertThat(report.verdict(new PreviewLimits(12, 0, 0.5)).objections()).isEmpty();
    }

    @Test
    void oneMoreEmptyListIsObjectedToUnlessARiseIsAllowed() {
        ship(builds.both(20, 1));
        List<Exposure> log = new ArrayList<>(Log.oneEach(199, 10));
        Set<String> ten = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            ten.add("i" + i);
        }
        log.add(Log.exposure(Log.request().excludes(ten).build()));
        PreviewReport report = preview(builds.both(10, 2)).build().compare(log);

        assertThat(report.verdict(new PreviewLimits(100, 0, 0)).objections())
                .containsExactly("1 lists are empty, with the current release 0; not one more is allowed");
        assertThat(report.verdict(new PreviewLimits(100, 0.005, 0)).objections())
                .isEmpty();
    }

    @Test
    void aMergedBuildIsRankedWithWhatStays() {
        ship(builds.both(30, 1));
        Build candidate = builds.coocOnly(30, 1);

        PreviewReport merged = preview(candidate).merge().build().compare(Log.oneEach(50, 30));
        PreviewReport alone = preview(candidate).build().compare(Log.oneEach(50, 30));

        assertThat(change(merged).identical()).isEqualTo(50);
        assertThat(merged.subject().artifacts()).hasSize(2);
        assertThat(merged.candidate().signals()).containsKey("popularity");
        assertThat(alone.subject().artifacts()).hasSize(1);
        assertThat(alone.candidate().signals()).doesNotContainKey("popularity");
    }

    @Test
    void requestsOfOtherSurfacesAreLeftOutAndCounted() {
        Build build = builds.both(10, 1);
        ship(build);
        List<Exposure> log = new ArrayList<>(Log.oneEach(5, 10));
        log.add(Log.exposure(RecommendationRequest.of("acme", "basket").build()));

        PreviewReport report = preview(build).build().compare(log);

        assertThat(report.requests()).isEqualTo(5);
        assertThat(report.skipped()).containsEntry("of another tenant or surface", 1L);
    }

    @Test
    void bothSidesAreWithoutTheModelOfTheHost() {
        Build build = builds.both(10, 1);
        ship(build);

        PreviewReport report = preview(build)
                .build()
                .compare(List.of(Log.modelled(Log.request().user("ann").build(), "i9")));

        assertThat(report.modelled()).isEqualTo(1);
        assertThat(change(report).identical()).isEqualTo(1);
    }

    @Test
    void theRulesOfNowHoldForBothSides() {
        Build build = builds.both(10, 1);
        ship(build);
        InMemoryControls controls = InMemoryControls.create();
        Rule block = Rule.block("no-i0", ItemAttribute.ITEM, "i0");
        String version = controls.putRules(SCOPE, new RuleSet(List.of(block)));

        PreviewReport report = preview(build)
                .controls(controls)
                .build()
                .compare(List.of(Log.exposure(Log.request().k(10).build())));

        assertThat(report.subject().versions().rules()).isEqualTo(version);
        assertThat(report.candidate().shown()).isEqualTo(9);
        assertThat(report.current()).contains(report.candidate());
    }

    @Test
    void hitsAreCountedAsByHand() {
        ship(builds.popularityOnly(4, 0));
        Build candidate = builds.popularityOnly(2, 1);
        List<Exposure> log = List.of(
                Log.exposure(Log.request().user("both").build()),
                Log.exposure(Log.request().user("only-current").build()),
                Log.exposure(Log.request().user("neither").build()),
                Log.exposure(Log.request().user("late").build()),
                Log.exposure(Log.request().user("before").build()),
                Log.exposure(Log.request().user("silent").build()),
                Log.exposure(Log.request().build()));
        List<Outcome> outcomes = List.of(
                outcome("both", "i1", 3_600),
                outcome("only-current", "i3", 1),
                outcome("neither", "unknown", 1),
                outcome("late", "i0", 3_601),
                outcome("before", "i0", 0));

        PreviewReport report =
                preview(candidate).outcomes(outcomes, HOUR).build().compare(log);

        assertThat(report.hits()).contains(new HitRates(HOUR, 3, 1, 1, 0));
    }

    private static Outcome outcome(String user, String item, long secondsAfter) {
        return new Outcome(SCOPE, user, item, "click", Log.START.plusSeconds(secondsAfter));
    }

    @Test
    void outcomesOfOtherSurfacesAreNoHits() {
        ship(builds.popularityOnly(4, 0));
        Outcome elsewhere = new Outcome(new Scope("acme", "basket"), "ann", "i0", "click", Log.START.plusSeconds(1));

        PreviewReport report = preview(builds.popularityOnly(4, 1))
                .outcomes(List.of(elsewhere), HOUR)
                .build()
                .compare(List.of(Log.exposure(Log.request().user("ann").build())));

        assertThat(report.hits().orElseThrow().followed()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theOrderAndTheThreadsChangeNothing(long seed) {
        ship(builds.both(60, 1));
        Build candidate = builds.both(35, 4);
        List<Exposure> log = Log.random(seed, 700, 60);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            outcomes.add(outcome("u" + i % 120, "i" + i % 60, i * 3L));
        }
        PreviewReport report = preview(candidate)
                .outcomes(outcomes, HOUR)
                .clock(() -> Log.START)
                .build()
                .compare(log);

        List<Exposure> shuffled = new ArrayList<>(log);
        Collections.shuffle(shuffled, new Random(seed));
        Collections.shuffle(outcomes, new Random(seed));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            PreviewReport other = preview(candidate)
                    .outcomes(outcomes, HOUR)
                    .clock(() -> Log.START)
                    .executor(threads)
                    .build()
                    .compare(shuffled);
            assertThat(other).isEqualTo(report);
        } finally {
            threads.shutdownNow();
        }
        assertThat(change(report).users()).hasSize(PreviewChange.MOST);
        assertThat(change(report).segments()).hasSize(PreviewChange.MOST);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5})
    void theListsOfTheCandidateAreThoseThatServingMakesAfterTheShip(long seed) {
        ship(builds.both(60, 1));
        Build candidate = builds.both(35, 4);
        List<Exposure> log = Log.random(seed, 300, 60);
        PreviewReport report = preview(candidate).build().compare(log);

        ship(candidate);
        SideTally served = new SideTally();
        try (EmbeddedRecommender recommender =
                EmbeddedRecommender.builder(store).build()) {
            for (Exposure exposure : log) {
                RecommendationRequest request = exposure.request().toBuilder()
                        .recentItems(exposure.recentItems())
                        .build();
                Recommendations answer = recommender.recommend(request);
                served.add(answer.items(), request.k().orElseThrow());
            }
        }
        assertThat(report.candidate()).isEqualTo(served.lists());
        assertThat(change(report).lost())
                .allSatisfy(item ->
                        assertThat(item.candidate()).isEqualTo(served.items().getOrDefault(item.itemId(), 0L)));
    }

    @Test
    void theIntervalOfTheDifferenceIsThatOfTheFormula() {
        HitRates rates = new HitRates(HOUR, 98, 20, 4, 9);

        assertThat(rates.difference()).isEqualTo(5 / 98.0);
        double middle = 10 / 100.0 - 5 / 100.0;
        double half = 1.959964 * Math.sqrt((0.15 - 0.0025) / 100);
        assertThat(rates.low()).isEqualTo(middle - half, offset(1e-12));
        assertThat(rates.high()).isEqualTo(middle + half, offset(1e-12));
    }

    @Test
    void aUserIsNamedOnceWithTheRequestThatChangesMost() {
        MostChanged users = new MostChanged();
        for (int i = 0; i < 30; i++) {
            users.add(new User("u" + i, "r" + i, 0.5, 5, 5));
        }
        users.add(new User("u29", "r99", 0.25, 5, 5)); // driven out before, and back
        users.add(new User("u29", "r98", 0.75, 5, 5));
        users.add(new User("same", "r0", 1, 5, 5));

        assertThat(users.list()).hasSize(PreviewChange.MOST);
        assertThat(users.list().get(0)).isEqualTo(new User("u29", "r99", 0.25, 5, 5));
        assertThat(users.list()).extracting(User::user).doesNotHaveDuplicates().doesNotContain("same");
    }

    @Test
    void anItemInOneListAloneIsNoCommonOne() {
        RecommendedItem one = new RecommendedItem("a", 0, List.of(), List.of(), 1);
        Compared compared = new Compared(Log.exposure(Log.request().build()), 5, List.of(one), List.of());

        assertThat(compared.common()).isEqualTo(new Compared.Common(0, 0, 0));
        assertThat(compared.isIdentical()).isFalse();
        assertThat(compared.hasSameFirst()).isFalse();
    }

    private static Exposure given(Exposure exposure, String variant) {
        Recommendations answer = exposure.answer();
        return new Exposure(
                exposure.at(),
                exposure.request(),
                exposure.recentItems(),
                exposure.candidates(),
                exposure.rescored(),
                new Recommendations(
                        answer.scope(),
                        answer.release(),
                        answer.epoch(),
                        answer.seq(),
                        answer.versions(),
                        Optional.of(new Assignment("e", variant)),
                        answer.items(),
                        answer.degradations()));
    }

    @Test
    void whoWasGivenAVariantIsRankedByIt() {
        ship(builds.both(40, 1));
        InMemoryControls controls = InMemoryControls.create();
        Rule nothing = Rule.block("none", ItemAttribute.BRAND, "acme");
        controls.putItems(
                SCOPE.tenant(),
                IntStream.range(0, 40)
                        .mapToObj(i -> ItemAttributes.of("i" + i).withBrand("acme"))
                        .toList());
        controls.putConfig(
                SCOPE,
                RankingConfig.DEFAULT.withExperiment(Experiment.of(
                        "e",
                        List.of(
                                Variant.of("same"),
                                Variant.of("empty").withRules(List.of(nothing)),
                                Variant.of("old").withRelease(1)))));
        Exposure exposure = Log.exposure(Log.request().user("ann").k(3).build());
        List<Exposure> log = List.of(
                exposure,
                given(exposure, "same"),
                given(exposure, "empty"),
                given(exposure, "old"),
                given(exposure, "gone"));

        PreviewReport report =
                preview(builds.both(40, 1)).controls(controls).build().compare(log);

        assertThat(report.candidate().empty()).isEqualTo(1);
        assertThat(report.candidate().requests()).isEqualTo(4);
        assertThat(report.skipped()).containsEntry("of a variant with a release of its own", 1L);
    }
}
