package com.example.shop;

import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Ships two small tables and recommends from them. */
public final class Main {
    private static final Scope HOME = new Scope("acme", "home");

    private Main() {}

    /** Takes an empty folder; without one a temporary one is used. */
    public static void main(String... args) throws IOException {
        Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("shop");
        recommend(folder).items().forEach(item -> System.out.println(item.itemId() + " because of " + item.signals()));
    }

    static Recommendations recommend(Path folder) throws IOException {
        try (FileBlobStore store = FileBlobStore.create(folder.resolve("store"));
                ManifestPublisher publisher = ManifestPublisher.open(store, "shop");
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).build()) {
            Build build = build(folder.resolve("build"));
            publisher.ship(ShipRequest.of(HOME, build, "first release").createSurface());
            recommender.preload("acme", "home", Duration.ofSeconds(10));
            return recommender.recommend("acme", "home", "user-42");
        }
    }

    private static Build build(Path folder) throws IOException {
        Instant now = Instant.parse("2026-11-01T00:00:00Z");
        try (BuildWriter build = BuildWriter.into(folder, HOME, "sku")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", List.of(new ScoredItem("tea", 12), new ScoredItem("milk", 7)));
                table.finish();
            }
            try (TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
                table.row("tea", List.of(new ScoredItem("milk", 5)));
                table.finish();
            }
            return build.finish(new Window(now.minusSeconds(86_400), now), now, Map.of("source", "example"));
        }
    }
}
