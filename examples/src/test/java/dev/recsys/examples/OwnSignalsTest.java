package dev.recsys.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Exposure;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.SignalWeights;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.controls.InMemoryEventSink;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.Replayer;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application's own candidates and model, in the ranking and in a replay. */
class OwnSignalsTest {
    private static final Scope SCOPE = new Scope(ShopEvents.TENANT, ShopEvents.SURFACE);
    private static final Map<ArtifactType, Double> WEIGHTS =
            Map.of(ArtifactType.COOC, 1.0, ArtifactType.POPULARITY, 0.2, new ArtifactType("editors"), 2.0);

    private final EditorsChoice editors = new EditorsChoice();
    private final ClickRates clicks = new ClickRates();
    private final InMemoryEventSink shown = InMemoryEventSink.keeping(100);
    private final InMemoryControls controls = InMemoryControls.create();

    @TempDir
    private Path directory;

    private FileBlobStore store;
    private EmbeddedRecommender recommender;

    @BeforeEach
    void open() throws IOException {
        store = FileBlobStore.create(directory.resolve("store"));
        try (ManifestPublisher publisher = ManifestPublisher.open(store, "test")) {
            publisher.ship(ShipRequest.of(
                            SCOPE,
                            SalesBuild.write(directory.resolve("build"), SCOPE, NightlyJob.salesOf(ShopEvents.shop(1))),
                            "sales")
                    .createSurface()
                    .overrideAll());
        }
        controls.putConfig(SCOPE, RankingConfig.DEFAULT.withK(6).withWeights(SignalWeights.of(WEIGHTS)));
        recommender = EmbeddedRecommender.builder(store)
                .controls(controls)
                .candidates("editors", editors)
                .reranker(clicks, 100, Duration.ofSeconds(10))
                .eventSink(clicks)
                .eventSink(shown)
                .build();
        recommender.preload(SCOPE.tenant(), SCOPE.surface(), Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        recommender.close();
        store.close();
    }

    private List<String> page() {
        Recommendations page = recommender.recommend(SCOPE.tenant(), SCOPE.surface(), "ann");
        return page.items().stream().map(RecommendedItem::itemId).toList();
    }

    @Test
    void whatTheEditorsChoseComesFirst() {
        editors.choose(List.of("a-book-of-tea", "tea-darjeeling-gift"));

        Recommendations page = recommender.recommend(SCOPE.tenant(), SCOPE.surface(), "ann");

        assertThat(page.items().get(0).itemId()).isEqualTo("a-book-of-tea");
        assertThat(page.items().get(0).signals()).containsExactly("editors");
        assertThat(page.items().get(1).itemId()).isEqualTo("tea-darjeeling-gift");
    }

    @Test
    void whatIsClickedRises() {
        List<String> before = page();
        for (int i = 0; i < 50; i++) {
            clicks.clicked(before.get(5));
        }

        assertThat(page().get(0)).isEqualTo(before.get(5));
    }

    @Test
    void whatWasShownIsMadeAgainWithoutEditorsAndModel() {
        editors.choose(List.of("a-book-of-tea", "tea-darjeeling-gift"));
        for (int i = 0; i < 20; i++) {
            clicks.clicked(page().get(i % 6));
        }
        Replayer replayer =
                Replayer.over(store, TrustList.ANYONE, Duration.ofSeconds(10)).with(controls);

        for (Exposure exposure : shown.exposures()) {
            assertThat(replayer.replay(exposure).items())
                    .isEqualTo(exposure.answer().items());
        }
        assertThat(shown.exposures()).hasSize(20);
    }
}
