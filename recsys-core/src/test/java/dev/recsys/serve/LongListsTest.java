package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.RecommendationRequest;
import dev.recsys.RecommendedItem;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Candidate;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that are longer than what is put in order at once, with scores that differ and scores that do not. */
class LongListsTest {
    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparing(Candidate::score).reversed().thenComparing(Candidate::itemId);

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} candidates of {1} different scores, the best {2}, seed {3}")
    @CsvSource({
        "1, 1, 20, 1",
        "31, 31, 31, 2",
        "32, 1, 32, 3",
        "33, 2, 33, 4",
        "700, 1, 600, 5",
        "700, 5, 700, 6",
        "3000, 40, 1000, 7",
        "3000, 1000000, 1000, 8",
        "5000, 1, 1000, 9",
        "5000, 1000000, 20, 10"
    })
    void areBestFirstAndEqualScoresAreInTheOrderOfIds(int candidates, int scores, int k, long seed) {
        List<Candidate> given = given(candidates, scores, new Random(seed));
        MemoryBlobStore store = MemoryBlobStore.open();
        ManifestPublisher.open(store, "test")
                .ship(ShipRequest.of(SCOPE, new Builds(directory).coocOnly(3, 1), "a ship")
                        .createSurface());
        try (EmbeddedRecommender recommender = EmbeddedRecommender.builder(store)
                .ranking(RankingConfig.DEFAULT.withWeights(SignalWeights.of(Map.of(new ArtifactType("host"), 1.0))))
                .candidates("host", (request, recent) -> given)
                .build()) {
            recommender.preload(SCOPE.tenant(), SCOPE.surface(), Duration.ofSeconds(20));
            RecommendationRequest request = RecommendationRequest.of(SCOPE.tenant(), SCOPE.surface())
                    .k(k)
                    .build();

            for (int time = 0; time < 2; time++) { // the second with memory that was used
                assertThat(recommender.recommend(request).items())
                        .extracting(RecommendedItem::itemId)
                        .startsWith(given.stream()
                                .sorted(BEST_FIRST)
                                .limit(k)
                                .map(Candidate::itemId)
                                .toArray(String[]::new));
            }
        }
    }

    @ParameterizedTest(name = "{0} popular items, {1} of each score, {2}")
    @CsvSource({
        "1000, 1000, EXACT",
        "1000, 1000, PACKED",
        "1000, 20, EXACT",
        "1000, 20, PACKED",
        "100, 3, EXACT",
        "90, 9, PACKED"
    })
    void popularItemsOfOneScoreAreInTheOrderOfIds(int items, int ofEachScore, TableForm form) {
        List<ScoredItem> popular = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            String id = String.format(Locale.ROOT, "item-%06d", i * 7_919 % 1_000_003);
            popular.add(new ScoredItem(id, 1 + i / ofEachScore));
        }
        MemoryBlobStore store = MemoryBlobStore.open();
        ManifestPublisher.open(store, "test")
                .ship(ShipRequest.of(SCOPE, popularity(popular, form), "a ship").createSurface());
        try (EmbeddedRecommender recommender =
                EmbeddedRecommender.builder(store).build()) {
            recommender.preload(SCOPE.tenant(), SCOPE.surface(), Duration.ofSeconds(20));

            for (int k : List.of(1, 20, 300)) {
                assertThat(recommender
                                .recommend(RecommendationRequest.of(SCOPE.tenant(), SCOPE.surface())
                                        .k(k)
                                        .build())
                                .items())
                        .extracting(RecommendedItem::itemId)
                        .containsExactly(popular.stream()
                                .sorted(Comparator.comparing(ScoredItem::score)
                                        .reversed()
                                        .thenComparing(ScoredItem::itemId))
                                .limit(k)
                                .map(ScoredItem::itemId)
                                .toArray(String[]::new));
            }
        }
    }

    private Build popularity(List<ScoredItem> popular, TableForm form) {
        return new Builds(directory).write(SCOPE, Builds.day(1), build -> {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, form, RowKeys.LABELS)) {
                table.row("", popular);
                table.finish();
            }
        });
    }

    private static List<Candidate> given(int candidates, int scores, Random random) {
        List<Candidate> given = new ArrayList<>();
        for (int i = 0; i < candidates; i++) {
            String id = String.format(Locale.ROOT, "host-%06d", i * 7_919 % 1_000_003);
            given.add(new Candidate(id, (1 + random.nextInt(scores)) / (double) scores));
        }
        return given;
    }
}
