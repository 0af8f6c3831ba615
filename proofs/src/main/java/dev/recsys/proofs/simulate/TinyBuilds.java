package dev.recsys.proofs.simulate;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.store.Sha256;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The builds that all schedules ship, each later one with newer events; made once. Every item's name says which file it is
 * from, so that an answer shows what it was made of: {@code pop-3-0} comes from the popularity of build 3.
 */
final class TinyBuilds implements AutoCloseable {
    static final Scope SCOPE = new Scope("acme", "home");
    /** An item that every co-visitation table has neighbours of. */
    static final String SEED_ITEM = "seen";

    private static final int BUILDS = 8;
    private static final int ITEMS = 3;
    private static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");

    private final Path root;
    private final List<Build> all = new ArrayList<>();
    private final Map<Sha256, String> prefixes = new HashMap<>();

    TinyBuilds() {
        try {
            this.root = Files.createTempDirectory("recsys-simulate-");
            for (int number = 0; number < BUILDS; number++) {
                all.add(build(number));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return BUILDS;
    }

    Build get(int number) {
        return all.get(number);
    }

    /** Returns what the names of all items begin with that an artifact of these bytes recommends. */
    String prefixOf(Sha256 artifact) {
        return prefixes.getOrDefault(artifact, "of no build");
    }

    /** Every fourth build has popularity only, every fourth co-visitation only, the others have both. */
    private Build build(int number) throws IOException {
        Instant watermark = FIRST_DAY.plus(Duration.ofDays(number));
        try (BuildWriter build = BuildWriter.into(root.resolve("build-" + number), SCOPE, "sku")) {
            if (number % 4 != 3) {
                popularity(build, "pop-" + number + "-");
            }
            if (number % 4 != 2) {
                cooc(build, "cooc-" + number + "-");
            }
            Build finished =
                    build.finish(new Window(watermark.minus(Duration.ofDays(1)), watermark), watermark, Map.of());
            finished.artifacts()
                    .forEach((type, artifact) -> prefixes.put(
                            artifact.sha256(),
                            (type.equals(ArtifactType.POPULARITY) ? "pop-" : "cooc-") + number + "-"));
            return finished;
        }
    }

    private static void popularity(BuildWriter build, String prefix) throws IOException {
        try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
            table.row("", items(prefix));
            table.finish();
        }
    }

    private static void cooc(BuildWriter build, String prefix) throws IOException {
        try (TableWriter table = build.table(ArtifactType.COOC, TableForm.EXACT, RowKeys.ITEMS)) {
            table.item(SEED_ITEM);
            items(prefix).forEach(item -> table.item(item.itemId()));
            table.row(SEED_ITEM, items(prefix));
            table.finish();
        }
    }

    private static List<ScoredItem> items(String prefix) {
        List<ScoredItem> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(new ScoredItem(prefix + i, ITEMS - i));
        }
        return items;
    }

    @Override
    public void close() {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
