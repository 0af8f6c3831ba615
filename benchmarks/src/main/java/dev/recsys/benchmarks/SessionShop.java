package dev.recsys.benchmarks;

import dev.recsys.RecommendationRequest;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.SignalWeights;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.table.RowKeys;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A catalogue as large as that of Serenade, with tables of what follows what in a session and of what goes with what, written
 * straight rather than counted from sessions. Items are in clusters of 200, the most popular cluster and the most popular
 * of each first; of the neighbours of an item four of five are of its cluster. Sessions have 1 to 10 items of two clusters.
 */
final class SessionShop {
    static final int K = 21; // as many as Serenade recommends
    private static final int CLUSTER = 200;
    private static final int MOST_OF_A_SESSION = 10;
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final int items;
    private final int neighbours; // of each, in each table

    SessionShop(int items, int neighbours) {
        this.items = items;
        this.neighbours = neighbours;
    }

    static RankingConfig config() {
        return RankingConfig.DEFAULT
                .withK(K)
                .withWeights(SignalWeights.of(
                        Map.of(ArtifactType.SESSION_SEQ, 1.0, ArtifactType.COOC, 0.5, ArtifactType.POPULARITY, 0.01)));
    }

    /** Writes the three tables. */
    Build write(Path folder) throws IOException {
        try (BuildWriter build = BuildWriter.into(folder, SyntheticShop.SCOPE, "sku")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                writePopularity(table);
            }
            writeNeighbours(build, ArtifactType.SESSION_SEQ, 1);
            writeNeighbours(build, ArtifactType.COOC, 2);
            return build.finish(new Window(NOW.minusSeconds(86_400), NOW), NOW, Map.of());
        }
    }

    private void writePopularity(TableWriter table) throws IOException {
        int[] numbers = new int[items];
        float[] scores = new float[items];
        for (int item = 0; item < items; item++) {
            numbers[item] = table.item(id(item));
            scores[item] = (float) (items - item);
        }
        table.row("", numbers, scores, items);
        table.finish();
    }

    private void writeNeighbours(BuildWriter build, ArtifactType type, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int[] numbers = new int[neighbours];
        float[] scores = new float[neighbours];
        try (TableWriter table = build.table(type, TableForm.PACKED, RowKeys.ITEMS)) {
            for (int item = 0; item < items; item++) {
                table.item(id(item));
            }
            for (int item = 0; item < items; item++) {
                for (int i = 0; i < neighbours; i++) {
                    numbers[i] = anotherThan(item, numbers, i, random);
                    scores[i] = 1f / (1 + i);
                }
                table.row(id(item), numbers, scores, neighbours);
            }
            table.finish();
        }
    }

    private int anotherThan(int item, int[] numbers, int length, SplittableRandom random) {
        while (true) {
            int cluster = random.nextInt(5) == 0 ? cluster(random) : item / CLUSTER;
            int found = itemOf(cluster, random);
            boolean isNew = found != item;
            for (int i = 0; i < length; i++) {
                isNew &= numbers[i] != found;
            }
            if (isNew) {
                return found;
            }
        }
    }

    /** Returns so many requests, each of a session. */
    List<RecommendationRequest> requests(int count) {
        SplittableRandom random = new SplittableRandom(3);
        List<RecommendationRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(RecommendationRequest.of(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface())
                    .recentItems(session(random))
                    .build());
        }
        return requests;
    }

    private List<String> session(SplittableRandom random) {
        int length = 1 + random.nextInt(MOST_OF_A_SESSION);
        int[] clusters = {cluster(random), cluster(random)};
        Set<String> session = new LinkedHashSet<>();
        while (session.size() < length) {
            session.add(id(itemOf(clusters[random.nextInt(2)], random)));
        }
        return List.copyOf(session);
    }

    /** The cube of a draw: one of eight is of the first 500th part. */
    private int cluster(SplittableRandom random) {
        int clusters = (items + CLUSTER - 1) / CLUSTER;
        double draw = random.nextDouble();
        return (int) (draw * draw * draw * clusters);
    }

    private int itemOf(int cluster, SplittableRandom random) {
        double draw = random.nextDouble();
        return Math.min(items - 1, cluster * CLUSTER + (int) (draw * draw * CLUSTER));
    }

    private static String id(int item) {
        return Integer.toString(1_000_000 + item);
    }
}
