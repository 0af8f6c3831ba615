package dev.recsys.pipelines.tables;

import dev.recsys.RecommendationRequest;
import dev.recsys.Scope;
import dev.recsys.publish.Build;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.sums.SignalTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Serves artifacts and tables side by side, with the same ranking, and compares the answers. */
public final class ServedModes {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private ServedModes() {}

    /**
     * Compares.
     *
     * @param build the artifacts, which need not be shipped
     * @param tables the tables of the same surface
     * @param folder for temporary files
     * @throws dev.recsys.NotReadyException if one of both cannot be loaded
     * @throws IOException if the folder cannot be written
     */
    public static ModeComparison compare(
            Build build, SignalTables tables, List<RecommendationRequest> requests, Path folder) throws IOException {
        try (TableStore artifactStore = TableStore.over(new FixedRelease(build), folder);
                TableStore tableStore = TableStore.over(tables, folder);
                EmbeddedRecommender fromArtifacts =
                        EmbeddedRecommender.builder(artifactStore).build();
                EmbeddedRecommender fromTables =
                        EmbeddedRecommender.builder(tableStore).build()) {
            load(fromArtifacts, build.scope());
            load(fromTables, build.scope());
            return ModeComparison.of(fromArtifacts, fromTables, requests);
        }
    }

    /** Asks once, however long that takes; what failed is not worth waiting for. */
    private static void load(EmbeddedRecommender recommender, Scope scope) {
        recommender.invalidate(scope.tenant(), scope.surface()).join();
        recommender.preload(scope.tenant(), scope.surface(), MOMENT);
    }
}
