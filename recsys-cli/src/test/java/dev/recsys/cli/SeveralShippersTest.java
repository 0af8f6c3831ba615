package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that ship at once: what says it is done is in the history once, and everything else says conflict. */
class SeveralShippersTest {
    private static final int PROCESSES = 4;
    private static final int ROUNDS = 5;

    @TempDir
    private Path directory;

    private int commits;

    @Test
    void everyShipThatIsDoneIsInTheHistoryOnceAndTheOthersAreConflicts() throws IOException, InterruptedException {
        assertThat(ship(build(0), "first", "--create").waitFor()).isZero();
        for (int round = 1; round <= ROUNDS; round++) {
            List<Process> shippers = new ArrayList<>();
            List<String> reasons = new ArrayList<>();
            for (int process = 1; process <= PROCESSES; process++) {
                String reason = "round " + round + " by " + process;
                reasons.add(reason);
                shippers.add(ship(build(round * 10 + process), reason));
            }
            for (int i = 0; i < PROCESSES; i++) {
                check(reasons.get(i), shippers.get(i).waitFor());
            }
        }
        assertThat(commits).isGreaterThanOrEqualTo(ROUNDS);
        assertThat(history()).hasSize(commits + 1);
    }

    private void check(String reason, int exitCode) throws IOException {
        int times = exitCode == ExitCode.DONE ? 1 : 0;
        assertThat(exitCode).as(reason).isIn(ExitCode.DONE, ExitCode.CONFLICT);
        assertThat(history()).as(reason).filteredOn(reason::equals).hasSize(times);
        commits += times;
    }

    private Process ship(Path build, String reason, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "ship",
                "--store",
                store(),
                "--tenant",
                "acme",
                "--surface",
                "home",
                "--artifacts",
                build.toString(),
                "--reason",
                reason));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Path build(int number) throws IOException {
        Path folder = directory.resolve("build-" + number);
        Instant newest = Instant.parse("2026-01-01T00:00:00Z");
        try (BuildWriter build = BuildWriter.into(folder, new Scope("acme", "home"), "default")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", List.of(new ScoredItem("a", 100 + number), new ScoredItem("b", 1)));
                table.finish();
            }
            build.finish(new Window(newest, newest), newest, Map.of());
        }
        return folder;
    }

    private String store() {
        return directory.resolve("store").toUri().toString();
    }

    private List<String> history() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exitCode = Main.run(
                new Terminal(stream, stream, false),
                "history",
                "--store",
                store(),
                "--tenant",
                "acme",
                "--surface",
                "home",
                "--json");
        assertThat(exitCode).isZero();
        JsonNode document = new ObjectMapper().readTree(out.toByteArray());
        return document.path("revisions").findValuesAsText("reason");
    }
}
