package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.publish.BuildWriter;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A surface of six items, a to f from the most popular to the least, of which b and c go with a; its folder of controls
 * admits one item a brand to a list of three, blocks d and boosts e. The brand of a and b is X.
 */
final class ControlledShop {
    final Path store;
    final Path controls;
    private final Path root;
    private final Shell shell = new Shell();

    ControlledShop(Path root) throws IOException {
        this.root = root;
        this.store = root.resolve("store");
        this.controls = Files.createDirectories(root.resolve("controls"));
        Path home = Files.createDirectories(controls.resolve("acme/home"));
        Files.writeString(home.resolve("config.json"), "{\"k\": 3, \"caps\": {\"brand\": 1}}");
        rules("{\"id\": \"more-e\", \"action\": \"boost\", \"attribute\": \"item\", \"value\": \"e\", \"factor\": 2},"
                + " {\"id\": \"no-d\", \"action\": \"block\", \"attribute\": \"item\", \"value\": \"d\"}");
        Files.writeString(controls.resolve("acme/items.jsonl"), """
                {"item": "a", "brand": "X", "price": 5}
                {"item": "b", "brand": "X", "price": 6}
                {"item": "c", "brand": "Y", "price": 7, "tags": ["new"]}
                {"item": "e", "brand": "Z", "price": 8, "categories": ["tea"]}
                """);
    }

    void rules(String rules) throws IOException {
        Files.writeString(controls.resolve("acme/home/rules.json"), "{\"rules\": [" + rules + "]}");
    }

    /** Ships a release; another number makes other scores. */
    int ship(int number) throws IOException {
        Path build = root.resolve("build-" + number);
        Instant newest = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
        try (BuildWriter writer = BuildWriter.into(build, new Scope("acme", "home"), "default")) {
            try (TableWriter table = writer.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                List<ScoredItem> row = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    row.add(new ScoredItem(String.valueOf((char) ('a' + i)), 100 + number - 10 * i));
                }
                table.row("", row);
                table.finish();
            }
            try (TableWriter table = writer.table(ArtifactType.COOC, TableForm.EXACT, RowKeys.ITEMS)) {
                table.row("a", List.of(new ScoredItem("b", 4), new ScoredItem("c", 2)));
                table.finish();
            }
            writer.finish(new Window(newest, newest), newest, Map.of());
        }
        return on("ship", "--artifacts", build.toString(), "--reason", "number " + number, "--create");
    }

    int run(String... args) {
        return shell.run(args);
    }

    /** Runs a command on the surface. */
    int on(String command, String... options) {
        List<String> args =
                new ArrayList<>(List.of(command, "--store", store.toString(), "--tenant", "acme", "--surface", "home"));
        args.addAll(List.of(options));
        return run(args.toArray(String[]::new));
    }

    /** Asks for recommendations as the controls want it. */
    int recommend(String... options) {
        List<String> args = new ArrayList<>(List.of("--controls", controls.toString()));
        args.addAll(List.of(options));
        return on("recommend", args.toArray(String[]::new));
    }

    Shell shell() {
        return shell;
    }
}
