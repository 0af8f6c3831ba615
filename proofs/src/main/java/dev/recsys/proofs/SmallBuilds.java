package dev.recsys.proofs;

import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Builds of a few items each. Every item's id names its table and its build, as in {@code p7-0} and {@code c7-0}, so that
 * what a reader serves can be told apart; {@link #ANCHOR} is an item that every build has neighbours for.
 */
public final class SmallBuilds {
    /** The item whose neighbours are the items of the co-visitation table. */
    public static final String ANCHOR = "anchor";

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ITEMS = 3;

    private SmallBuilds() {}

    /** Writes popularity and co-visitation. */
    public static Build both(Path directory, Scope scope, int number) {
        return write(directory, scope, number, true);
    }

    /** Writes co-visitation alone, as a job of its own would that merges. */
    public static Build coocOnly(Path directory, Scope scope, int number) {
        return write(directory, scope, number, false);
    }

    /**
     * Returns which builds the items of a table are of, in an answer to who was at {@link #ANCHOR} last: one if it is of one
     * piece.
     *
     * @param table {@code p} for popularity, {@code c} for co-visitation
     */
    public static String served(Recommendations answer, char table) {
        Set<String> numbers = answer.items().stream()
                .map(item -> item.itemId())
                .filter(id -> id.charAt(0) == table)
                .map(id -> id.substring(1, id.indexOf('-')))
                .collect(Collectors.toCollection(TreeSet::new));
        return String.join("+", numbers);
    }

    private static Build write(Path directory, Scope scope, int number, boolean popularity) {
        Instant watermark = START.plusSeconds(3_600L * number);
        try (BuildWriter build = BuildWriter.into(directory, scope, "default")) {
            if (popularity) {
                popularity(build, number);
            }
            cooc(build, number);
            return build.finish(new Window(watermark.minusSeconds(86_400), watermark), watermark, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("a small build in " + directory, e);
        }
    }

    private static void popularity(BuildWriter build, int number) throws IOException {
        try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
            table.row("", items("p" + number));
            table.finish();
        }
    }

    private static void cooc(BuildWriter build, int number) throws IOException {
        List<ScoredItem> neighbours = items("c" + number);
        try (TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
            table.item(ANCHOR);
            for (ScoredItem item : neighbours) {
                table.item(item.itemId());
            }
            table.row(ANCHOR, neighbours);
            table.finish();
        }
    }

    private static List<ScoredItem> items(String name) {
        List<ScoredItem> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(new ScoredItem(name + "-" + i, 10f - i));
        }
        return items;
    }
}
