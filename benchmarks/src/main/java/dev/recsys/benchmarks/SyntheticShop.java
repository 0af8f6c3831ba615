package dev.recsys.benchmarks;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A catalogue in clusters of 200 items, Zipf-like between and within them. An item has 30 neighbours unless said otherwise, four of five from
 * its own cluster; a visitor's 20 recent items come from three clusters. Each release has the same items, and neighbours and scores of its own.
 */
final class SyntheticShop {
    static final Scope SCOPE = new Scope("bench", "home");

    private static final int CLUSTER = 200;
    private static final int RECENT = 20;
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final int items;
    private final int neighboursOfEach;
    private final int release;
    private final SplittableRandom random;

    SyntheticShop(int items) {
        this(items, 30);
    }

    SyntheticShop(int items, int neighboursOfEach) {
        this(items, neighboursOfEach, 0);
    }

    SyntheticShop(int items, int neighboursOfEach, int release) {
        this.items = items;
        this.neighboursOfEach = neighboursOfEach;
        this.release = release;
        this.random = new SplittableRandom(42 + release);
    }

    /** Writes both signals; items are numbered by cluster, the most popular of each first. */
    Build write(Path folder) throws IOException {
        try (BuildWriter build = BuildWriter.into(folder, SCOPE, "sku")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                writePopularity(table);
            }
            try (TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
                writeNeighbours(table);
            }
            return build.finish(new Window(NOW.minusSeconds(86_400), NOW), NOW, Map.of());
        }
    }

    /** Returns the recent items of so many visitors. */
    List<List<String>> visitors(int count) {
        List<List<String>> visitors = new ArrayList<>();
        for (int visitor = 0; visitor < count; visitor++) {
            int[] clusters = {cluster(), cluster(), cluster()};
            Set<String> recent = new LinkedHashSet<>();
            while (recent.size() < RECENT) {
                recent.add(id(itemOf(clusters[random.nextInt(clusters.length)])));
            }
            visitors.add(List.copyOf(recent));
        }
        return visitors;
    }

    private void writePopularity(TableWriter table) throws IOException {
        int[] numbers = new int[items];
        float[] scores = new float[items];
        for (int item = 0; item < items; item++) {
            numbers[item] = table.item(id(item));
            scores[item] = (float) (items + release) / (1 + item / CLUSTER) / (1 + item % CLUSTER);
        }
        table.row("", numbers, scores, items);
        table.finish();
    }

    private void writeNeighbours(TableWriter table) throws IOException {
        for (int item = 0; item < items; item++) {
            table.item(id(item));
        }
        int[] numbers = new int[neighboursOfEach];
        float[] scores = new float[neighboursOfEach];
        for (int item = 0; item < items; item++) {
            Set<Integer> neighbours = neighbours(item);
            int length = 0;
            for (int neighbour : neighbours) {
                numbers[length] = neighbour;
                scores[length] = (1 + random.nextInt(1_000)) / 1_000f;
                length++;
            }
            table.row(id(item), numbers, scores, length);
        }
        table.finish();
    }

    private Set<Integer> neighbours(int item) {
        Set<Integer> neighbours = new LinkedHashSet<>();
        while (neighbours.size() < neighboursOfEach) {
            int cluster = random.nextInt(5) == 0 ? cluster() : item / CLUSTER;
            int neighbour = itemOf(cluster);
            if (neighbour != item) {
                neighbours.add(neighbour);
            }
        }
        return neighbours;
    }

    private int cluster() {
        return zipf((items + CLUSTER - 1) / CLUSTER);
    }

    private int itemOf(int cluster) {
        return Math.min(items - 1, cluster * CLUSTER + zipf(CLUSTER));
    }

    /** A rank below {@code ranks}, rank r in proportion to about 1 / (r + 1). */
    private int zipf(int ranks) {
        return Math.min(ranks - 1, (int) StrictMath.pow(ranks + 1, random.nextDouble()) - 1);
    }

    static String id(int item) {
        return String.format(Locale.ROOT, "item-%06d", item);
    }
}
