package dev.recsys.pipelines.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.RecommendationRequest;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.Sessions;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import dev.recsys.testkit.MemoryBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an evaluation scores is what the recommender serves: the same lists, and scores within the precision of floats. */
class ServedListsTest {
    private static final Scope SCOPE = new Scope("acme", "home");

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theListsOfTheRecommenderAreThoseOfTheEvaluation(long seed) throws IOException {
        Random random = new Random(seed);
        Build build = build(random);
        Map<ArtifactType, Table> tables = new TreeMap<>();
        for (ArtifactType type : List.of(ArtifactType.COOC, ArtifactType.POPULARITY)) {
            tables.put(type, Table.open(folder.resolve("build").resolve(type.name() + ".rst")));
        }
        Events nothing = Sessions.events(List.of());
        Served served = new Served(nothing, tables);
        Scorer scorer = new Scorer(served, Blend.DEFAULT);
        Placing placing = new Placing(served.items(), 10);
        MemoryBlobStore store = MemoryBlobStore.open();
        try (ManifestPublisher publisher = ManifestPublisher.open(store, "test")) {
            publisher.ship(ShipRequest.of(SCOPE, build, "a ship").createSurface());
        }
        try (EmbeddedRecommender recommender =
                EmbeddedRecommender.builder(store).build()) {
            recommender.preload(SCOPE.tenant(), SCOPE.surface(), Duration.ofSeconds(10));
            for (int round = 0; round < 50; round++) {
                List<String> recent = recent(random);
                List<RecommendedItem> shown = recommender
                        .recommend(RecommendationRequest.of(SCOPE.tenant(), SCOPE.surface())
                                .recentItems(recent)
                                .k(10)
                                .build())
                        .items();

                double[] scores = scorer.score(
                        recent.stream().mapToInt(served.items()::indexOf).toArray(), true);

                assertThat(shown)
                        .extracting(RecommendedItem::itemId)
                        .containsExactly(ids(served, placing.list(scores)));
                shown.forEach(item -> assertThat(scores[served.items().indexOf(item.itemId())])
                        .isCloseTo(item.score(), within(1e-5)));
            }
        }
    }

    private static String[] ids(Served served, int[] list) {
        String[] ids = new String[list.length];
        for (int i = 0; i < list.length; i++) {
            ids[i] = served.items().id(list[i]);
        }
        return ids;
    }

    /** Five different items, but the most popular one: what happens where that is excluded is another matter. */
    private static List<String> recent(Random random) {
        List<String> recent = new ArrayList<>();
        while (recent.size() < 5) {
            String item = "i" + (1 + random.nextInt(49));
            if (!recent.contains(item)) {
                recent.add(item);
            }
        }
        return recent;
    }

    private Build build(Random random) throws IOException {
        Instant day = Instant.parse("2026-01-01T00:00:00Z");
        try (BuildWriter build = BuildWriter.into(folder.resolve("build"), SCOPE, "sku")) {
            try (TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
                for (int i = 0; i < 50; i++) {
                    List<ScoredItem> row = new ArrayList<>();
                    for (int j = 0; j < 50; j++) {
                        if (j != i && random.nextInt(3) == 0) {
                            row.add(new ScoredItem("i" + j, random.nextFloat()));
                        }
                    }
                    table.row("i" + i, row);
                }
                table.finish();
            }
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                List<ScoredItem> row = new ArrayList<>(List.of(new ScoredItem("i0", 100)));
                for (int i = 1; i < 50; i++) {
                    row.add(new ScoredItem("i" + i, 99 * random.nextFloat()));
                }
                table.row("", row);
                table.finish();
            }
            return build.finish(new Window(day, day.plusSeconds(86_400)), day, Map.of());
        }
    }
}
