package dev.recsys.benchmarks;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.table.RowKeys;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Shops of many tenants, the sizes of their catalogues by Zipf: shop {@code n} of {@code 1..count} has {@code 200,000 / n}
 * items, at least 250, each with 20 neighbours. Popularity numbers the items in another order than co-visitation does, as
 * builds from events do.
 */
final class ManyShops {
    private static final int LARGEST = 200_000;
    private static final int SMALLEST = 250;
    private static final int NEIGHBOURS = 20;
    private static final int CLUSTER = 50;
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private ManyShops() {}

    static Scope scope(int shop) {
        return new Scope(String.format(Locale.ROOT, "shop-%04d", shop), "home");
    }

    static int items(int shop) {
        return Math.max(SMALLEST, LARGEST / shop);
    }

    static String id(int item) {
        return String.format(Locale.ROOT, "sku-%06d", item);
    }

    static void ship(FileBlobStore store, Path scratch, int count) throws IOException {
        try (ManifestPublisher publisher = ManifestPublisher.open(store, "many-shops")) {
            for (int shop = 1; shop <= count; shop++) {
                Path folder = scratch.resolve("build-" + shop);
                Build build = build(folder, shop);
                publisher.ship(ShipRequest.of(scope(shop), build, "figure").createSurface());
                Folders.delete(folder);
            }
        }
    }

    private static Build build(Path folder, int shop) throws IOException {
        SplittableRandom random = new SplittableRandom(shop);
        try (BuildWriter build = BuildWriter.into(folder, scope(shop), "sku")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                popularity(table, items(shop));
            }
            try (TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
                neighbours(table, items(shop), random);
            }
            return build.finish(new Window(NOW.minusSeconds(86_400), NOW), NOW, Map.of());
        }
    }

    private static void popularity(TableWriter table, int items) throws IOException {
        int[] numbers = new int[items]; // [rank]
        float[] scores = new float[items]; // [rank]
        for (int rank = 0; rank < items; rank++) {
            numbers[rank] = table.item(id(items - 1 - rank));
            scores[rank] = (float) items / (1 + rank);
        }
        table.row("", numbers, scores, items);
        table.finish();
    }

    private static void neighbours(TableWriter table, int items, SplittableRandom random) throws IOException {
        for (int item = 0; item < items; item++) {
            table.item(id(item));
        }
        int[] numbers = new int[NEIGHBOURS];
        float[] scores = new float[NEIGHBOURS];
        for (int item = 0; item < items; item++) {
            int first = Math.min(item / CLUSTER * CLUSTER, items - CLUSTER);
            for (int i = 0; i < NEIGHBOURS; i++) {
                numbers[i] = first + (item - first + 1 + i) % CLUSTER;
                scores[i] = (1 + random.nextInt(1_000)) / 1_000f;
            }
            table.row(id(item), numbers, scores, NEIGHBOURS);
        }
        table.finish();
    }
}
