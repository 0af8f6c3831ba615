package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Candidate;
import dev.recsys.control.Cap;
import dev.recsys.control.Controls;
import dev.recsys.control.Diversity;
import dev.recsys.control.Exploration;
import dev.recsys.control.Exposure;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.ItemTags;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Rules;
import dev.recsys.control.SignalWeights;
import dev.recsys.control.TenantConfigs;
import dev.recsys.control.Tenants;
import dev.recsys.control.Versioned;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.internal.Ambient;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop of ten items, a the most popular and j the least; brands by pairs: a and b are of b0, c and d of b1, and so on. */
class RulesInServingTest {
    private static final String ITEMS = "abcdefghij";

    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final InMemoryControls controls = InMemoryControls.create();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-01T00:00:00Z"));
    private final List<Exposure> exposures = new ArrayList<>();
    private EmbeddedRecommender recommender = over(EmbeddedRecommender.builder(store));

    @TempDir
    private Path directory;

    @BeforeEach
    void ship() {
        ManifestPublisher.open(store, "test")
                .ship(ShipRequest.of(
                                SCOPE,
                                new Builds(directory).write(SCOPE, Builds.day(1), build -> {
                                    try (TableWriter table =
                                            build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                                        List<ScoredItem> row = new ArrayList<>();
                                        for (int i = 0; i < ITEMS.length(); i++) {
                                            row.add(new ScoredItem(item(i), 10 - i));
                                        }
                                        table.row("", row);
                                        table.finish();
                                    }
                                    try (TableWriter table =
                                            build.table(ArtifactType.SESSION_SEQ, TableForm.EXACT, RowKeys.ITEMS)) {
                                        table.row("a", List.of(new ScoredItem("j", 1), new ScoredItem("i", 0.5f)));
                                        table.finish();
                                    }
                                }),
                                "a ship")
                        .createSurface());
        List<ItemAttributes> items = new ArrayList<>();
        for (int i = 0; i < ITEMS.length(); i++) {
            items.add(ItemAttributes.of(item(i))
                    .withBrand("b" + i / 2)
                    .withCategories(Set.of(i < 5 ? "early" : "late"))
                    .withTags(Set.of("all", i % 2 == 0 ? "even" : "odd"))
                    .withPrice(i));
        }
        controls.putItems("acme", items);
    }

    @AfterEach
    void close() {
        recommender.close();
    }

    private EmbeddedRecommender over(EmbeddedRecommender.Builder builder) {
        return builder.controls(controls)
                .eventSink(exposures::add)
                .ambient(Ambient.system().withClock(now::get))
                .build();
    }

    private static String item(int number) {
        return ITEMS.substring(number, number + 1);
    }

    private static RecommendationRequest.Builder request() {
        return RecommendationRequest.of("acme", "home");
    }

    private void rules(Rule... rules) {
        controls.putRules(SCOPE, new RuleSet(List.of(rules)));
    }

    private void config(RankingConfig config) {
        controls.putConfig(SCOPE, config);
    }

    private String list(RecommendationRequest.Builder request) {
        return ids(recommender.recommend(request.build()));
    }

    private static String ids(Recommendations answer) {
        return String.join(
                "", answer.items().stream().map(RecommendedItem::itemId).toList());
    }

    private static List<Kind> kinds(Recommendations answer) {
        return answer.degradations().stream().map(Degradation::kind).toList();
    }

    @Test
    void pinsAreAtTheirPlacesAndTheOthersKeepTheirOrder() {
        rules(Rule.pin("p1", "h", 1), Rule.pin("p2", "j", 3));

        Recommendations answer = recommender.recommend(request().k(5).build());

        assertThat(ids(answer)).isEqualTo("hajbc");
        assertThat(answer.items().get(0).rules()).containsExactly("p1");
        assertThat(answer.items().get(1).rules()).isEmpty();
    }

    @Test
    void aPinOfAnItemThatNobodyKnowsIsShownAndTold() {
        rules(Rule.pin("new", "zebra", 2));

        Recommendations answer = recommender.recommend(request().k(3).build());

        assertThat(answer.items()).extracting(RecommendedItem::itemId).containsExactly("a", "zebra", "b");
        assertThat(answer.degradations())
                .extracting(Degradation::detail)
                .contains("rule new pins an item that neither the release nor the items' attributes know");
    }

    @Test
    void aPinBeyondTheEndComesLast() {
        rules(Rule.pin("p", "a", 9));

        assertThat(list(request().k(9).requiredTags(Set.of("even")))).isEqualTo("cegia");
    }

    @Test
    void thePinOfHigherPriorityGetsThePlaceAndTheOtherWaitsForIt() {
        rules(Rule.pin("high", "h", 1).withPriority(5), Rule.pin("low", "g", 1));

        assertThat(list(request().k(2))).isEqualTo("ha");
        assertThat(list(request().k(2).excludes(Set.of("h")))).isEqualTo("ga");
    }

    @Test
    void pinsOfABrandTakeItsBestItem() {
        rules(Rule.pin("brand", ItemAttribute.BRAND, "b3", 1));

        assertThat(list(request().k(3))).isEqualTo("gab");
        assertThat(list(request().k(3).excludes(Set.of("g")))).isEqualTo("hab");
    }

    @Test
    void blocksAndExcludesWinOverPins() {
        rules(Rule.pin("p", "c", 1), Rule.block("b", ItemAttribute.BRAND, "b1"), Rule.pin("q", "e", 2));

        assertThat(list(request().k(4))).isEqualTo("aebf");
        assertThat(list(request().k(4).excludes(Set.of("e")))).isEqualTo("abfg");
        assertThat(list(request().k(4).recentItems(List.of("e")))).isEqualTo("abfg");
    }

    @Test
    void boostsMultiplyAndAreTold() {
        rules(Rule.boost("odd", ItemAttribute.TAG, "odd", 4), Rule.boost("d", ItemAttribute.ITEM, "d", 2));

        Recommendations answer = recommender.recommend(request().k(3).build());

        assertThat(ids(answer)).isEqualTo("dbf");
        assertThat(answer.items().get(0).rules()).containsExactly("d", "odd");
        assertThat(answer.items().get(0).score()).isCloseTo(0.2 * 0.7 * 8, offset(1e-6));
    }

    @Test
    void rulesHoldInTheirWindowAndSegment() {
        rules(
                Rule.pin("june", "j", 1)
                        .withWindow(Instant.parse("2026-06-02T00:00:00Z"), Instant.parse("2026-06-03T00:00:00Z")),
                Rule.block("vip", ItemAttribute.ITEM, "a").withSegment("vip"));

        assertThat(list(request().k(2))).isEqualTo("ab");
        assertThat(list(request().k(2).segment("vip"))).isEqualTo("bc");
        now.set(Instant.parse("2026-06-02T00:00:00Z"));
        assertThat(list(request().k(2))).isEqualTo("ja");
        now.set(Instant.parse("2026-06-03T00:00:00Z"));
        assertThat(list(request().k(2))).isEqualTo("ab");
    }

    @Test
    void newRulesHoldForTheNextRequestAndTheAnswerNamesTheirVersion() {
        String before = recommender.recommend(request().build()).versions().rules();

        String version = controls.putRules(SCOPE, new RuleSet(List.of(Rule.block("b", ItemAttribute.ITEM, "a"))));
        Recommendations answer = recommender.recommend(request().k(1).build());

        assertThat(ids(answer)).isEqualTo("b");
        assertThat(answer.versions().rules()).isEqualTo(version).isNotEqualTo(before);
    }

    @Test
    void newItemAttributesHoldAfterTheSurfaceIsInvalidated() {
        assertThat(list(request().k(2))).isEqualTo("ab");

        controls.putItems("acme", List.of(ItemAttributes.of("a").withAvailable(false)));
        recommender.invalidate("acme", "home").join();

        assertThat(list(request().k(2))).isEqualTo("bc");
    }

    @Test
    void capsHoldAndCountPins() {
        config(RankingConfig.DEFAULT.withCaps(List.of(new Cap(ItemAttribute.BRAND, 1))));
        assertThat(list(request().k(5))).isEqualTo("acegi");

        rules(Rule.pin("p", "d", 1));

        assertThat(list(request().k(5))).isEqualTo("daegi");
    }

    @Test
    void aListThatCapsKeepShortSaysSo() {
        config(RankingConfig.DEFAULT.withCaps(List.of(new Cap(ItemAttribute.CATEGORY, 1))));

        Recommendations answer = recommender.recommend(request().k(5).build());

        assertThat(ids(answer)).isEqualTo("af");
        assertThat(kinds(answer)).contains(Kind.FEWER_THAN_K);
    }

    @Test
    void pinsStayWhereACapWouldNotHaveThem() {
        config(RankingConfig.DEFAULT.withCaps(List.of(new Cap(ItemAttribute.BRAND, 1))));
        rules(Rule.pin("p", "c", 1), Rule.pin("q", "d", 2));

        assertThat(list(request().k(4))).isEqualTo("cdae");
    }

    @Test
    void theOrderOfDiversityIsTheOrderOfTheList() {
        config(RankingConfig.DEFAULT.withDiversity(new Diversity(0.5, 100)));

        // after a the brand of b, its category and one of two tags are there already; of j nothing but a tag
        assertThat(list(request().k(3))).startsWith("a").doesNotStartWith("ab");
        config(RankingConfig.DEFAULT.withDiversity(new Diversity(1, 100)));
        assertThat(list(request().k(3))).isEqualTo("abc");
    }

    @Test
    void onlyWhatPassesTheFilterIsThereAndTheListIsFullAllTheSame() {
        assertThat(list(request().k(3).requiredTags(Set.of("odd")))).isEqualTo("bdf");
        assertThat(list(request().k(3).requiredCategories(Set.of("late")))).isEqualTo("fgh");
        assertThat(list(request().k(3).minPrice(4))).isEqualTo("efg");
        assertThat(list(request().k(3).maxPrice(1))).isEqualTo("ab");
        assertThat(list(request().k(3).requiredTags(Set.of("unheard-of")))).isEmpty();
    }

    @Test
    void everyArtifactWithAWeightTakesPart() {
        config(RankingConfig.DEFAULT.withWeights(
                SignalWeights.of(Map.of(ArtifactType.SESSION_SEQ, 1.0, ArtifactType.POPULARITY, 0.2))));

        Recommendations answer =
                recommender.recommend(request().k(3).recentItems(List.of("a")).build());

        assertThat(ids(answer)).isEqualTo("jib");
        assertThat(answer.items().get(0).signals()).containsExactly("popularity", "session_seq");
        assertThat(answer.degradations()).isEmpty();
    }

    @Test
    void aSegmentMayHaveWeightsOfItsOwn() {
        config(RankingConfig.DEFAULT.withWeights(SignalWeights.of(Map.of(ArtifactType.POPULARITY, 1.0))
                .withSegment("next", Map.of(ArtifactType.SESSION_SEQ, 1.0))));

        assertThat(list(request().k(2).recentItems(List.of("a")))).isEqualTo("bc");
        assertThat(list(request().k(2).recentItems(List.of("a")).segment("next")))
                .isEqualTo("ji");
    }

    @Test
    void whatIsLikeAnItemComesWithTheSameRules() {
        config(RankingConfig.DEFAULT.withWeights(
                SignalWeights.DEFAULT.withSimilar(Map.of(ArtifactType.SESSION_SEQ, 1.0))));
        rules(Rule.block("i", ItemAttribute.ITEM, "i"));

        assertThat(list(request().similarTo("a").k(3))).isEqualTo("jbc");
        assertThat(ids(recommender.similarTo("acme", "home", "a")))
                .startsWith("jbc")
                .doesNotContain("a");
    }

    @Test
    void theConfigurationSaysHowManyWhereTheRequestDoesNot() {
        config(RankingConfig.DEFAULT.withK(4));

        assertThat(list(request())).isEqualTo("abcd");
        assertThat(list(request().k(2))).isEqualTo("ab");
    }

    @Test
    void theHostsCandidatesKeepTheirScores() {
        recommender.close();
        recommender = over(EmbeddedRecommender.builder(store)
                .candidates(
                        "mine",
                        (request, recent) ->
                                List.of(new Candidate("zebra", 8), new Candidate("h", 4), new Candidate("c", 2))));
        config(RankingConfig.DEFAULT.withWeights(SignalWeights.of(Map.of(new ArtifactType("mine"), 1.0))));

        Recommendations answer = recommender.recommend(request().k(3).build());

        assertThat(ids(recommender.recommend(request().k(3).similarTo("zebra").build())))
                .doesNotContain("zebra");
        assertThat(answer.items()).extracting(RecommendedItem::itemId).containsExactly("zebra", "h", "c");
        assertThat(answer.items()).extracting(RecommendedItem::score).containsExactly(1.0, 0.5, 0.25);
        assertThat(answer.items().get(0).signals()).containsExactly("mine");
    }

    @Test
    void aSourceOfCandidatesThatFailsCostsOnlyItsSignal() {
        recommender.close();
        recommender = over(EmbeddedRecommender.builder(store).candidates("mine", (request, recent) -> {
            throw new IllegalStateException("away");
        }));
        config(RankingConfig.DEFAULT.withWeights(
                SignalWeights.of(Map.of(new ArtifactType("mine"), 1.0, ArtifactType.POPULARITY, 0.1))));

        Recommendations answer = recommender.recommend(request().k(2).build());

        assertThat(ids(answer)).isEqualTo("ab");
        assertThat(answer.degradations())
                .extracting(Degradation::detail)
                .contains("the host's signal mine failed: IllegalStateException");
    }

    @Test
    void theHostsModelOrdersTheBestAndTheRestStaysBehind() {
        recommender.close();
        recommender = over(EmbeddedRecommender.builder(store)
                .reranker(
                        (request, candidates) -> {
                            double[] scores = new double[candidates.size()];
                            for (int i = 0; i < scores.length; i++) {
                                scores[i] = i; // the worst of the pool first
                            }
                            return scores;
                        },
                        4,
                        Duration.ofSeconds(20)));

        assertThat(list(request().k(6))).isEqualTo("dcbaef");
        assertThat(exposures.get(0).rescored()).hasSize(4);
    }

    @Test
    void aModelThatIsLateOrFailsOrTalksNonsenseIsTold() {
        recommender.close();
        recommender = over(EmbeddedRecommender.builder(store)
                .reranker(
                        (request, candidates) -> {
                            if (request.context().containsKey("late")) {
                                waitUntilInterrupted();
                            }
                            return request.context().containsKey("short")
                                    ? new double[1]
                                    : new double[] {Double.NaN, 1};
                        },
                        2,
                        Duration.ofMillis(50)));

        for (String how : List.of("late", "short", "nonsense")) {
            Recommendations answer = recommender.recommend(
                    request().k(3).context(Map.of(how, "")).build());

            assertThat(ids(answer)).as(how).isEqualTo("abc");
            assertThat(kinds(answer)).as(how).contains(Kind.RERANKER_FAILED);
        }
    }

    private static void waitUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void exploredPlacesAreTheLastOnesWithTheirPropensity() {
        config(RankingConfig.DEFAULT.withExploration(new Exploration(0.4, 4)));
        controls.putItems(
                "acme",
                List.of(
                        ItemAttributes.of("new1"),
                        ItemAttributes.of("new2"),
                        ItemAttributes.of("new3"),
                        ItemAttributes.of("gone").withAvailable(false)));
        recommender.invalidate("acme", "home").join();

        Recommendations answer = recommender.recommend(request().k(5).user("u").build());

        assertThat(answer.items()).extracting(RecommendedItem::itemId).startsWith("a", "b", "c");
        assertThat(answer.items().subList(3, 5))
                .extracting(RecommendedItem::itemId)
                .isSubsetOf("new1", "new2", "new3");
        assertThat(answer.items())
                .extracting(RecommendedItem::propensity)
                .containsExactly(1.0, 1.0, 1.0, 1.0 / 3, 1.0 / 2);
        assertThat(recommender.recommend(request().k(5).user("u").build())).isEqualTo(answer);
    }

    @Test
    void theNewestOfWhatMayBeShownIsExploredFirst() {
        config(RankingConfig.DEFAULT.withExploration(new Exploration(0.1, 1)));
        List<ItemAttributes> items = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            items.add(ItemAttributes.of("gone" + i).withAvailable(false));
        }
        items.add(ItemAttributes.of("fresh1").withCreatedAt(Instant.parse("2026-05-01T00:00:00Z")));
        items.add(ItemAttributes.of("fresh2").withCreatedAt(Instant.parse("2026-05-20T00:00:00Z")));
        controls.putItems("acme", items);
        recommender.invalidate("acme", "home").join();

        assertThat(recommender.recommend(request().k(10).build()).items().get(9).itemId())
                .isEqualTo("fresh2");
    }

    @Test
    void whatMayNotBeShownDoesNotUseThePoolUp() {
        config(RankingConfig.DEFAULT.withExploration(new Exploration(0.1, 1)));
        List<ItemAttributes> items = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            items.add(ItemAttributes.of("blocked" + i)
                    .withBrand("blocked")
                    .withCreatedAt(Instant.parse("2026-05-20T00:00:00Z")));
        }
        items.add(ItemAttributes.of("fresh").withCreatedAt(Instant.parse("2026-05-01T00:00:00Z")));
        items.add(ItemAttributes.of("staler").withCreatedAt(Instant.parse("2026-04-01T00:00:00Z")));
        controls.putItems("acme", items);
        recommender.invalidate("acme", "home").join();
        rules(Rule.block("b", ItemAttribute.BRAND, "blocked"));

        RecommendedItem last =
                recommender.recommend(request().k(10).build()).items().get(9);
        RecommendedItem lastOfOthers = recommender
                .recommend(request().k(10).excludes(Set.of("fresh")).build())
                .items()
                .get(9);

        assertThat(last.itemId()).isEqualTo("fresh");
        assertThat(last.propensity()).isEqualTo(1);
        assertThat(lastOfOthers.itemId()).isEqualTo("staler");
    }

    @Test
    void everyExploredItemIsDrawnAboutAsOftenAsItsPropensitySays() {
        config(RankingConfig.DEFAULT.withExploration(new Exploration(0.2, 1_000)));
        controls.putItems("acme", List.of(ItemAttributes.of("x"), ItemAttributes.of("y"), ItemAttributes.of("z")));
        recommender.invalidate("acme", "home").join();
        int[] drawn = new int[3];

        for (int seed = 0; seed < 3_000; seed++) {
            String item = recommender
                    .recommend(request().k(5).seed(seed).build())
                    .items()
                    .get(4)
                    .itemId();
            drawn["xyz".indexOf(item)]++;
        }

        for (int times : drawn) {
            assertThat(times).isBetween(880, 1_120); // 1000, give or take five standard deviations
        }
    }

    @Test
    void aControlPlaneThatFailsCostsOnlyWhatItSays() {
        recommender.close();
        recommender = EmbeddedRecommender.builder(store)
                .controls(new Controls() {
                    @Override
                    public TenantConfigs configs() {
                        return controls.configs();
                    }

                    @Override
                    public Rules rules() {
                        return new Rules() {
                            @Override
                            public Versioned<RuleSet> current(Scope scope) {
                                throw new IllegalStateException("away");
                            }

                            @Override
                            public Optional<RuleSet> version(Scope scope, String version) {
                                return Optional.empty();
                            }
                        };
                    }

                    @Override
                    public ItemTags items() {
                        return controls.items();
                    }

                    @Override
                    public Tenants tenants() {
                        return controls.tenants();
                    }

                    @Override
                    public void prepare(Scope scope) {
                        controls.prepare(scope);
                    }

                    @Override
                    public Optional<String> problem(Scope scope) {
                        return Optional.empty();
                    }
                })
                .build();

        Recommendations answer = recommender.recommend(request().k(2).build());

        assertThat(ids(answer)).isEqualTo("ab");
        assertThat(kinds(answer)).contains(Kind.CONTROL_UNAVAILABLE);
    }

    @Test
    void capsWithoutAttributesAreTold() {
        config(RankingConfig.DEFAULT.withCaps(List.of(new Cap(ItemAttribute.BRAND, 1))));
        controls.putItems("acme", List.of());
        recommender.invalidate("acme", "home").join();

        assertThat(kinds(recommender.recommend(request().k(2).build()))).contains(Kind.NO_ATTRIBUTES);
    }

    @Test
    void textThatNoEventCanNameIsRefused() {
        assertThatThrownBy(() -> ItemAttributes.of("\ud800")).hasMessageContaining("half a surrogate pair");
        assertThatThrownBy(() -> ItemAttributes.of("a").withTags(Set.of("x\ny")))
                .hasMessageContaining("control character");
        assertThatThrownBy(() -> Rule.pin("p", "a\u0000b", 1)).hasMessageContaining("control character");
        assertThatThrownBy(() -> new Candidate("\udc00", 1)).hasMessageContaining("half a surrogate pair");
        assertThat(ItemAttributes.of("\ud83c\udf75").itemId()).hasSize(2);
    }

    @Test
    void aSignalOfTheHostHasOneSource() {
        EmbeddedRecommender.Builder builder =
                EmbeddedRecommender.builder(store).candidates("mine", (request, recent) -> List.of());

        assertThatThrownBy(() -> builder.candidates("mine", (request, recent) -> List.of()))
                .hasMessage("signal 'mine' has a source already; give each its own name");
    }
}
