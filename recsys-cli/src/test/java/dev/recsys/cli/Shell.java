package dev.recsys.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.publish.BuildWriter;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The command line in this process, and what it printed last. */
final class Shell {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Runs one command and returns its exit code. */
    int run(String... args) {
        out.reset();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Main.run(new Terminal(stream, stream, false), args);
    }

    String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toByteArray());
    }

    /** Writes a build of acme/home: two items, the first with a score that differs with the number. */
    static Path build(Path root, int number) throws IOException {
        Path folder = root.resolve("build-" + number);
        Instant newest = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
        try (BuildWriter build = BuildWriter.into(folder, new Scope("acme", "home"), "default")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", List.of(new ScoredItem("a" + number, 100 + number), new ScoredItem("b", 1)));
                table.finish();
            }
            build.finish(new Window(newest, newest), newest, Map.of());
        }
        return folder;
    }
}
