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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promote, from one folder to another. */
class PromoteCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private String staging;
    private String production;

    @BeforeEach
    void shipToStaging() throws IOException {
        staging = directory.resolve("staging").toUri().toString();
        production = directory.resolve("production").toString();
        for (int i = 1; i <= 2; i++) {
            assertThat(run(
                            "ship",
                            "--store",
                            staging,
                            "--artifacts",
                            build(i).toString(),
                            "--reason",
                            "ship " + i,
                            "--create"))
                    .isZero();
        }
    }

    private Path build(int number) throws IOException {
        Path folder = directory.resolve("build-" + number);
        Instant newest = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
        try (BuildWriter build = BuildWriter.into(folder, new Scope("acme", "home"), "default")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", List.of(new ScoredItem("a", 100 + number), new ScoredItem("b", 1)));
                table.finish();
            }
            build.finish(new Window(newest, newest), newest, Map.of());
        }
        return folder;
    }

    private int run(String command, String... options) {
        out.reset();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        List<String> args = new ArrayList<>(List.of(command, "--tenant", "acme", "--surface", "home"));
        args.addAll(List.of(options));
        return Main.run(new Terminal(stream, stream, false), args.toArray(String[]::new));
    }

    private int promote(String... options) {
        List<String> args =
                new ArrayList<>(List.of("--from", staging, "--to", production, "--reason", "staging looked good"));
        args.addAll(List.of(options));
        return run("promote", args.toArray(String[]::new));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode document() throws IOException {
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Test
    void aReleaseOfStagingIsServedFromProduction() {
        assertThat(promote("--release", "1", "--create")).isZero();
        assertThat(text()).contains("Promoted as release 1 of acme/home");
        assertThat(promote()).isZero();
        assertThat(text()).contains("Promoted as release 2 of acme/home");
        assertThat(run("verify", "--store", production)).isZero();
        assertThat(run("recommend", "--store", production, "--user", "ann")).isZero();
        assertThat(text()).contains("popularity");
    }

    @Test
    void theDocumentSaysWhatIsCurrentAndWhetherItWasBefore() throws IOException {
        assertThat(promote("--create", "--json")).isZero();
        assertThat(document().path("op").asText()).isEqualTo("promote");
        assertThat(document().path("already_current").asBoolean()).isFalse();

        assertThat(promote("--json")).isZero();
        assertThat(document().path("already_current").asBoolean()).isTrue();
        assertThat(document().path("seq").asLong()).isEqualTo(1);
    }

    @Test
    void aHoldInProductionRefuses() {
        promote("--release", "1", "--create");
        run("hold", "--store", production, "--reason", "stock-taking");

        assertThat(promote("--force")).isEqualTo(ExitCode.REFUSED);
        assertThat(text()).contains("stock-taking");
    }

    @Test
    void withoutCreateNothingIsMade() {
        assertThat(promote()).isEqualTo(ExitCode.STORE_UNAVAILABLE);
        assertThat(directory.resolve("production")).doesNotExist();
    }

    @Test
    void aReleaseThatIsNotThereIsNotFound() {
        assertThat(promote("--release", "9", "--create")).isEqualTo(ExitCode.USAGE);
        assertThat(text()).contains("Release 9 of acme/home");
    }

    @Test
    void aSourceThatCannotBeANameIsNamedByItsOption() {
        staging = "ftp://elsewhere/x";

        assertThat(promote("--create")).isEqualTo(ExitCode.USAGE);
        assertThat(text()).contains("--from ftp://elsewhere/x");
    }
}
