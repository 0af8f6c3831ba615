package dev.recsys.benchmarks;

import dev.recsys.RecommendationRequest;
import dev.recsys.RecommendedItem;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuiltArtifact;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One request with 20 recent items for 20 items, by the recommender and by its peer. */
final class RecommendWork implements AutoCloseable {
    private static final int VISITORS = 1_000;
    private static final int K = 20;

    private final FileBlobStore store;
    private final EmbeddedRecommender recommender;
    private final StringMapRanking peer;
    private final List<List<String>> recent;
    private final List<RecommendationRequest> requests;
    private int next;

    /**
     * Ships the shop and checks that both give equal answers to every visitor.
     *
     * @throws IllegalStateException if they do not
     */
    RecommendWork(Path folder, int items) throws IOException {
        SyntheticShop shop = new SyntheticShop(items);
        Build build = shop.write(folder.resolve("build"));
        this.store = FileBlobStore.create(folder.resolve("store"));
        ManifestPublisher.open(store, "benchmark")
                .ship(ShipRequest.of(SyntheticShop.SCOPE, build, "benchmark").createSurface());
        this.recommender = EmbeddedRecommender.builder(store)
                .refreshInterval(Duration.ofDays(1))
                .build();
        recommender.preload(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), Duration.ofMinutes(1));
        this.peer = new StringMapRanking(table(build, ArtifactType.COOC), table(build, ArtifactType.POPULARITY));
        this.recent = shop.visitors(VISITORS);
        this.requests = recent.stream()
                .map(visitor -> RecommendationRequest.of("bench", "home")
                        .recentItems(visitor)
                        .k(K)
                        .build())
                .toList();
        requireEqualAnswers();
    }

    List<RecommendedItem> recsys() {
        return recommender.recommend(requests.get(advance())).items();
    }

    List<RecommendedItem> stringMaps() {
        return peer.recommend(recent.get(advance()), K);
    }

    @Override
    public void close() {
        recommender.close();
        store.close();
    }

    private int advance() {
        next = next + 1 == VISITORS ? 0 : next + 1;
        return next;
    }

    private void requireEqualAnswers() {
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            List<RecommendedItem> mine =
                    recommender.recommend(requests.get(visitor)).items();
            List<RecommendedItem> theirs = peer.recommend(recent.get(visitor), K);
            if (mine.size() != K || !mine.equals(theirs)) {
                throw new IllegalStateException(
                        "visitor " + visitor + " gets " + mine + " from recsys and " + theirs + " from string maps");
            }
        }
    }

    static Table table(Build build, ArtifactType type) throws IOException {
        for (BuiltArtifact artifact : build.artifacts().values()) {
            if (artifact.type().equals(type)) {
                return Table.open(artifact.file());
            }
        }
        throw new IllegalArgumentException("the build has no " + type);
    }
}
