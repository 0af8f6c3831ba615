package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Offset.offset;

import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Outcome;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.SignalWeights;
import dev.recsys.publish.Build;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final InMemoryUserHistory history = new InMemoryUserHistory(100, 10);
    private EmbeddedRecommender recommender =
            EmbeddedRecommender.builder(store).userHistory(history).build();

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

    private void ship(Builds.Content content) {
        ManifestPublisher.open(store, "test")
                .ship(ShipRequest.of(SCOPE, builds.write(SCOPE, Builds.day(1), content), "a ship")
                        .createSurface());
    }

    private void shipShop() {
        ship(build -> {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row(
                        "",
                        List.of(
                                scored("tea", 10),
                                scored("milk", 8),
                                scored("cup", 6),
                                scored("pot", 4),
                                scored("mat", 1)));
                table.row("garden", List.of(scored("hose", 3), scored("pot", 2)));
                table.finish();
            }
            try (TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
                table.row("tea", List.of(scored("pot", 1.0f), scored("cup", 0.5f), scored("milk", 0.25f)));
                table.row("cup", List.of(scored("mat", 0.8f), scored("tea", 0.4f)));
                table.finish();
            }
        });
    }

    private static ScoredItem scored(String item, float score) {
        return new ScoredItem(item, score);
    }

    private static RecommendationRequest.Builder request() {
        return RecommendationRequest.of("acme", "home");
    }

    private static List<String> ids(Recommendations recommendations) {
        return recommendations.items().stream().map(RecommendedItem::itemId).toList();
    }

    private static List<Kind> kinds(Recommendations recommendations) {
        return recommendations.degradations().stream().map(d -> d.kind()).toList();
    }

    @Test
    void aNewUserGetsWhatIsPopularAndTheAnswerSaysSo() {
        shipShop();

        Recommendations answer = recommender.recommend(request().user("u1").k(3).build());

        assertThat(ids(answer)).containsExactly("tea", "milk", "cup");
        assertThat(answer.items().get(0).signals()).containsExactly("popularity");
        assertThat(kinds(answer)).containsExactly(Kind.NO_HISTORY);
        assertThat(answer.release()).isEqualTo(1);
    }

    @Test
    void recentItemsBringWhatGoesWithThem() {
        shipShop();

        Recommendations answer =
                recommender.recommend(request().recentItems(List.of("tea")).k(3).build());

        assertThat(ids(answer)).containsExactly("pot", "cup", "milk");
        assertThat(answer.items().get(0).signals()).containsExactly("cooc", "popularity");
        assertThat(answer.degradations()).isEmpty();
    }

    @Test
    void aRecordedOutcomeIsInTheNextAnswer() {
        shipShop();
        history.record(new Outcome(SCOPE, "u1", "tea", "purchase", Instant.parse("2026-01-02T00:00:00Z")));

        assertThat(ids(recommender.recommend("acme", "home", "u1")))
                .startsWith("pot", "cup")
                .doesNotContain("tea");
    }

    @Test
    void scoresAreSumsOfSignalsScaledWithinTheRequest() {
        shipShop();

        Recommendations answer =
                recommender.recommend(request().recentItems(List.of("tea")).k(2).build());

        // cooc: pot 1.0 of 1.0; popularity: pot 4 of milk's 8, for tea is left out, weight 0.2
        assertThat(answer.items().get(0).score()).isEqualTo(1.0 + 0.2 * 0.5, offset(1e-6));
    }

    @Test
    void anOlderRecentItemCountsLess() {
        shipShop();
        RankingConfig coocOnly = RankingConfig.DEFAULT.withWeights(SignalWeights.of(Map.of(ArtifactType.COOC, 1.0)));
        recommender.close();
        recommender = EmbeddedRecommender.builder(store).ranking(coocOnly).build();

        Recommendations teaFirst = recommender.recommend(
                request().recentItems(List.of("tea", "cup")).k(2).build());
        Recommendations cupFirst = recommender.recommend(
                request().recentItems(List.of("cup", "tea")).k(2).build());

        assertThat(ids(teaFirst)).containsExactly("pot", "mat");
        assertThat(ids(cupFirst)).as("0.8 against 0.8 x 1.0 is a tie").containsExactly("mat", "pot");
    }

    @Test
    void excludedAndRecentItemsAreNeverReturned() {
        shipShop();

        Recommendations answer = recommender.recommend(request()
                .recentItems(List.of("tea"))
                .excludes(Set.of("pot", "unheard-of"))
                .build());

        assertThat(ids(answer)).containsExactly("cup", "milk", "mat", "hose");
        assertThat(kinds(answer)).containsExactly(Kind.FEWER_THAN_K);
    }

    @Test
    void recentItemsMayBeAllowed() {
        shipShop();

        assertThat(ids(recommender.recommend(
                        request().recentItems(List.of("tea")).allowRecentItems().build())))
                .contains("tea");
    }

    @Test
    void aSegmentComesFirstAndEverybodysListFillsUp() {
        shipShop();

        Recommendations answer =
                recommender.recommend(request().segment("garden").k(4).build());

        assertThat(ids(answer)).containsExactly("hose", "pot", "tea", "milk");
    }

    @Test
    void anUnknownSegmentGetsEverybodysList() {
        shipShop();

        Recommendations answer =
                recommender.recommend(request().segment("sea").k(1).build());

        assertThat(ids(answer)).containsExactly("tea");
        assertThat(kinds(answer)).containsExactly(Kind.NO_HISTORY, Kind.UNKNOWN_SEGMENT);
    }

    @Test
    void unknownRecentItemsAreSaid() {
        shipShop();

        Recommendations answer = recommender.recommend(
                request().recentItems(List.of("saw", "tea")).k(1).build());

        assertThat(kinds(answer)).containsExactly(Kind.UNKNOWN_ITEMS);
        assertThat(answer.degradations().get(0).detail()).isEqualTo("1 of 2 recent items are not in the release");
    }

    @Test
    void aMissingSignalIsSaid() {
        ship(build -> Builds.popularity(build, 5, 1));

        assertThat(kinds(recommender.recommend(
                        request().recentItems(List.of("i1")).k(2).build())))
                .containsExactly(Kind.SIGNAL_MISSING);
    }

    @Test
    void aFailingHistoryCostsOnlyTheHistory() {
        shipShop();
        recommender.close();
        recommender = EmbeddedRecommender.builder(store)
                .userHistory((scope, user, limit) -> {
                    throw new IllegalStateException("away");
                })
                .build();

        Recommendations answer = recommender.recommend("acme", "home", "u1");

        assertThat(ids(answer)).startsWith("tea");
        assertThat(kinds(answer)).startsWith(Kind.HISTORY_UNAVAILABLE);
    }

    @Test
    void signalsOfDifferentCataloguesAreServedTogether() {
        ship(build -> {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", List.of(scored("z", 3), scored("a", 2)));
                table.finish();
            }
            try (TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
                table.row("a", List.of(scored("q", 1), scored("y", 0.5f), scored("z", 0.25f)));
                table.finish();
            }
        });

        Recommendations answer =
                recommender.recommend(request().recentItems(List.of("a")).k(3).build());

        assertThat(answer.items())
                .extracting(RecommendedItem::itemId, RecommendedItem::signals)
                .containsExactly(
                        tuple("q", List.of("cooc")),
                        tuple("y", List.of("cooc")),
                        tuple("z", List.of("cooc", "popularity")));
    }

    @Test
    void nonsenseIsRefusedWithItsName() {
        assertThatThrownBy(() -> request().k(0)).hasMessage("k is 0; expected 1 to 1000");
        assertThatThrownBy(() -> request().k(1_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request().user(" ")).hasMessageContaining("user is blank");
        assertThatThrownBy(() -> RecommendationRequest.of("../x", "home")).hasMessageContaining("tenant");
        assertThatThrownBy(() -> SignalWeights.of(Map.of(ArtifactType.COOC, Double.NaN)))
                .hasMessageContaining("signal cooc is NaN");
        assertThatThrownBy(() -> SignalWeights.of(Map.of(ArtifactType.COOC, -1.0)))
                .hasMessageContaining("signal cooc is -1.0");
        assertThatThrownBy(() -> RankingConfig.DEFAULT.withRecencyDecay(Double.NaN))
                .hasMessageContaining("recency_decay");
    }

    /** An independent, slow statement of what the ranking is. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void theRankingIsTheWeightedSumOfScaledSignalsTiesById(long seed) {
        Random random = new Random(seed);
        int items = 5 + random.nextInt(60);
        Map<String, Map<String, Float>> neighbours = new TreeMap<>();
        Map<String, Float> popular = new TreeMap<>();
        for (int i = 0; i < items; i++) {
            popular.put("i" + i, (float) random.nextInt(6));
            Map<String, Float> row = new TreeMap<>();
            for (int n = 0; n < random.nextInt(8); n++) {
                row.put("i" + random.nextInt(items), (float) (1 + random.nextInt(4)));
            }
            neighbours.put("i" + i, row);
        }
        ship(build -> {
            try (TableWriter table = build.table(ArtifactType.COOC, TableForm.EXACT, RowKeys.ITEMS)) {
                for (Map.Entry<String, Map<String, Float>> row : neighbours.entrySet()) {
                    table.row(row.getKey(), scoredItems(row.getValue()));
                }
                table.finish();
            }
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", scoredItems(popular));
                table.finish();
            }
        });
        List<String> recent = List.of("i" + random.nextInt(items), "i" + random.nextInt(items), "unknown");
        Set<String> excludes = Set.of("i" + random.nextInt(items));
        int k = 1 + random.nextInt(items);

        Recommendations answer = recommender.recommend(
                request().recentItems(recent).excludes(excludes).k(k).build());

        assertThat(ids(answer)).isEqualTo(slowly(neighbours, popular, recent, excludes, k));
        assertThat(recommender.recommend(
                        request().recentItems(recent).excludes(excludes).k(k).build()))
                .isEqualTo(answer);
    }

    private static List<ScoredItem> scoredItems(Map<String, Float> row) {
        List<ScoredItem> items = new ArrayList<>();
        row.forEach((item, score) -> items.add(scored(item, score)));
        return items;
    }

    private static List<String> slowly(
            Map<String, Map<String, Float>> neighbours,
            Map<String, Float> popular,
            List<String> recent,
            Set<String> excludes,
            int k) {
        Map<String, Float> cooc = new TreeMap<>();
        float weight = 1;
        for (String item :
                recent.stream().distinct().filter(neighbours::containsKey).toList()) {
            for (Map.Entry<String, Float> entry :
                    neighbours.getOrDefault(item, Map.of()).entrySet()) {
                cooc.merge(entry.getKey(), weight * entry.getValue(), Float::sum);
            }
            weight *= 0.8f;
        }
        cooc.keySet().removeAll(excludes);
        cooc.keySet().removeAll(recent);
        float bestCooc = cooc.values().stream().max(Float::compare).orElse(1f);
        float bestPopular = popular.entrySet().stream()
                .filter(entry -> !excludes.contains(entry.getKey()) && !recent.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .max(Float::compare)
                .orElse(1f);
        Map<String, Float> scores = new TreeMap<>();
        for (String item : popular.keySet()) {
            if (!excludes.contains(item) && !recent.contains(item)) {
                float byPopularity =
                        (float) (bestPopular > 0 ? (double) 0.2f / bestPopular * popular.getOrDefault(item, 0f) : 0);
                scores.put(item, (float) (cooc.getOrDefault(item, 0f) * (1.0 / bestCooc)) + byPopularity);
            }
        }
        return scores.entrySet().stream()
                .sorted(Map.Entry.<String, Float>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(k)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void shipPopularity(List<ScoredItem> everybody, List<ScoredItem> garden) {
        ship(build -> {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", everybody);
                table.row("garden", garden);
                table.finish();
            }
        });
    }

    @Test
    void everybodysListComesAfterTheWholeSegmentAlsoWhereIdsWouldBreakATie() {
        shipPopularity(List.of(scored("ash", 9), scored("bay", 8)), List.of(scored("hose", 3), scored("zebra", 2)));

        assertThat(ids(recommender.recommend(request().segment("garden").k(3).build())))
                .containsExactly("hose", "zebra", "ash");
    }

    @Test
    void everybodysListKeepsItsOrderAfterASegmentThatEndsWithZero() {
        shipPopularity(
                List.of(scored("tea", 9), scored("milk", 8), scored("cup", 7)),
                List.of(scored("hose", 3), scored("pot", 0)));

        assertThat(ids(recommender.recommend(request().segment("garden").k(5).build())))
                .containsExactly("hose", "pot", "tea", "milk", "cup");
    }

    @Test
    void scoresAreFiniteWhateverTheTablesHold() {
        float[][] extremes = {{Float.MAX_VALUE, Float.MAX_VALUE / 2}, {2 * Float.MIN_VALUE, Float.MIN_VALUE}};
        for (int i = 0; i < extremes.length; i++) {
            float most = extremes[i][0];
            float less = extremes[i][1];
            Build build = builds.write(SCOPE, Builds.day(i + 1), content -> {
                try (TableWriter table = content.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                    table.row("", List.of(scored("d", most), scored("c", less), scored("zero", 0)));
                    table.finish();
                }
                try (TableWriter table = content.table(ArtifactType.COOC, TableForm.EXACT, RowKeys.ITEMS)) {
                    table.row("a", List.of(scored("d", most), scored("c", less), scored("zero", 0)));
                    table.row("b", List.of(scored("d", most), scored("c", less)));
                    table.finish();
                }
            });
            ManifestPublisher.open(store, "test")
                    .ship(ShipRequest.of(SCOPE, build, "extremes").createSurface());
            recommender.invalidate("acme", "home").join();

            Recommendations answer = recommender.recommend(
                    request().recentItems(List.of("a", "b")).build());

            assertThat(ids(answer)).as("%s", most).containsExactly("d", "c", "zero");
            assertThat(answer.items())
                    .allSatisfy(item -> assertThat(item.score()).isFinite().isBetween(0.0, 1.3));
            assertThat(answer.items().get(0).score()).as("%s", most).isEqualTo(1.2, offset(1e-5));
        }
    }

    @Test
    void everyRecentItemIsKeptOutAlsoThoseThatCountNoMore() {
        shipShop();
        recommender.close();
        recommender = EmbeddedRecommender.builder(store)
                .ranking(RankingConfig.DEFAULT.withMaxRecentItems(1))
                .build();

        Recommendations answer = recommender.recommend(
                request().recentItems(List.of("tea", "pot")).build());

        assertThat(ids(answer)).containsExactly("cup", "milk", "mat", "hose");
    }
}
