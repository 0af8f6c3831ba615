package dev.recsys.postgres;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.store.BlobStore;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A surface with a release of popular items, {@code item-0} the most popular. */
final class ServedShop {
    static final Scope HOME = new Scope("acme", "home");
    static final int ITEMS = 50;

    private ServedShop() {}

    static void ship(Path folder, ManifestPublisher.Builder publisher) throws IOException {
        Build build = build(folder, ITEMS);
        try (ManifestPublisher opened = publisher.build()) {
            var unused = opened.ship(ShipRequest.of(HOME, build, "a test").createSurface());
        }
    }

    static Build build(Path folder, int count) throws IOException {
        Instant newest = Instant.parse("2026-01-01T00:00:00Z");
        List<ScoredItem> items = IntStream.range(0, count)
                .mapToObj(i -> new ScoredItem("item-" + i, ITEMS - i))
                .toList();
        try (BuildWriter build = BuildWriter.into(folder, HOME, "default")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", items);
                table.finish();
            }
            build.finish(new Window(newest, newest), newest, Map.of());
        }
        return Build.at(folder);
    }

    static void ship(BlobStore store, Path folder) throws IOException {
        ship(folder, ManifestPublisher.builder(store, "tester"));
    }
}
