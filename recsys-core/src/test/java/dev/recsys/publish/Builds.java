package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Small builds for tests. Items are named {@code i0, i1, ...}; popularity falls and neighbours are the next items. */
public final class Builds {
    public static final Scope SCOPE = new Scope("acme", "home");

    private final Path root;
    private final AtomicInteger number = new AtomicInteger();

    public Builds(Path root) {
        this.root = root;
    }

    /** Popularity and co-visitation of so many items; the salt makes the bytes differ. */
    public Build both(int items, int salt) {
        return both(SCOPE, items, salt, day(salt));
    }

    public Build both(Scope scope, int items, int salt, Instant watermark) {
        return write(scope, watermark, build -> {
            popularity(build, items, salt);
            cooc(build, items, salt);
        });
    }

    public Build popularityOnly(int items, int salt) {
        return write(SCOPE, day(salt), build -> popularity(build, items, salt));
    }

    public Build coocOnly(int items, int salt) {
        return write(SCOPE, day(salt), build -> cooc(build, items, salt));
    }

    public static Instant day(int day) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * day);
    }

    public interface Content {
        void write(BuildWriter build) throws IOException;
    }

    public Build write(Scope scope, Instant watermark, Content content) {
        Path directory = root.resolve("build-" + number.incrementAndGet());
        try (BuildWriter build = BuildWriter.into(directory, scope, "default")) {
            content.write(build);
            return build.finish(
                    new Window(watermark.minusSeconds(86_400), watermark), watermark, Map.of("made_by", "test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void popularity(BuildWriter build, int items, int salt) throws IOException {
        try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
            List<ScoredItem> row = new ArrayList<>();
            for (int i = 0; i < items; i++) {
                row.add(new ScoredItem("i" + i, items - i + salt));
            }
            table.row("", row);
            table.finish();
        }
    }

    public static void cooc(BuildWriter build, int items, int salt) throws IOException {
        neighbours(build, ArtifactType.COOC, items, salt);
    }

    public static void neighbours(BuildWriter build, ArtifactType type, int items, int salt) throws IOException {
        try (TableWriter table = build.table(type, TableForm.PACKED, RowKeys.ITEMS)) {
            for (int i = 0; i < items; i++) {
                table.item("i" + i);
            }
            for (int i = 0; i < items; i++) {
                List<ScoredItem> row = new ArrayList<>();
                for (int step = 1; step <= 5 && i + step < items; step++) {
                    row.add(new ScoredItem("i" + (i + step), (salt + 10f) / step));
                }
                table.row("i" + i, row);
            }
            table.finish();
        }
    }
}
