package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.publish.BuildWriter;
import dev.recsys.publish.probe.StoreRule;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Doctor, and what ships make of its verdict. */
class DoctorCommandTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int run(String... args) {
        out.reset();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Main.run(new Terminal(stream, stream, false), args);
    }

    private String store() {
        return directory.resolve("store").toString();
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode document() throws IOException {
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private List<BlobKey> keys() {
        try (FileBlobStore opened = FileBlobStore.at(directory.resolve("store"))) {
            return opened.list("_recsys/", "", 1000, TIMEOUT);
        }
    }

    @Test
    void aFolderIsSoundAndEveryRuleIsNamed() {
        assertThat(run("doctor", "--store", store(), "--create", "--rounds", "3"))
                .isZero();

        assertThat(text()).contains("can be published to").doesNotContain("BROKEN");
        for (StoreRule rule : StoreRule.values()) {
            assertThat(text()).contains(rule.toString());
        }
    }

    @Test
    void theJsonDocumentHasEveryRule() throws IOException {
        assertThat(run("doctor", "--store", store(), "--create", "--rounds", "3", "--json"))
                .isZero();

        assertThat(document().path("sound").asBoolean()).isTrue();
        assertThat(document().path("recorded").asBoolean()).isTrue();
        assertThat(document().path("rules")).hasSize(StoreRule.values().length);
        assertThat(document().path("rules").path(0).path("line").asInt()).isEqualTo(1);
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() {
        assertThat(run("doctor", "--store", store())).isEqualTo(ExitCode.STORE_UNAVAILABLE);
        assertThat(directory.resolve("store")).doesNotExist();
    }

    @Test
    void settingsOutOfBoundsAreBadInputAndCreateNothing() {
        assertThat(run("doctor", "--store", store(), "--create", "--rounds", "0"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(directory.resolve("store")).doesNotExist();
    }

    @Test
    void theFirstShipProbesAndLaterOnesTakeTheVerdict() throws IOException {
        assertThat(ship(build())).isZero();
        List<BlobKey> afterTheFirst = keys();
        assertThat(ship(build())).isZero();

        assertThat(afterTheFirst)
                .as("the verdict, the registers of the run and of its rounds")
                .hasSize(2 + 10);
        assertThat(keys()).isEqualTo(afterTheFirst);
    }

    @Test
    void aStoreThatWasFoundUnsafeTakesNoShipButAHoldUntilItIsFoundSound() throws IOException {
        ship(build());
        recordAsUnsafe();

        assertThat(ship(build())).isEqualTo(ExitCode.STORE_UNAVAILABLE);
        assertThat(text()).contains("one-winner (line 3)").contains("two were applied");
        assertThat(run(onSurface("hold", "--reason", "until it is mended"))).isZero();
        assertThat(run("doctor", "--store", store(), "--rounds", "1")).isZero();
        assertThat(run(onSurface("unhold", "--reason", "mended"))).isZero();
        assertThat(ship(build())).isZero();
    }

    private Path build() throws IOException {
        Path folder = directory.resolve("build");
        Instant newest = Instant.parse("2026-01-01T00:00:00Z");
        try (BuildWriter build = BuildWriter.into(folder, new Scope("acme", "home"), "default")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", List.of(new ScoredItem("a", 2), new ScoredItem("b", 1)));
                table.finish();
            }
            build.finish(new Window(newest, newest), newest, Map.of());
        }
        return folder;
    }

    private String[] onSurface(String command, String... options) {
        List<String> args =
                new ArrayList<>(List.of(command, "--store", store(), "--tenant", "acme", "--surface", "home"));
        args.addAll(List.of(options));
        return args.toArray(String[]::new);
    }

    private int ship(Path build) {
        return run(onSurface("ship", "--artifacts", build.toString(), "--reason", "daily", "--create"));
    }

    private void recordAsUnsafe() throws IOException {
        try (FileBlobStore opened = FileBlobStore.at(directory.resolve("store"))) {
            BlobKey verdict = keys().stream()
                    .filter(key -> key.path().startsWith("_recsys/probe/verdict/"))
                    .findFirst()
                    .orElseThrow();
            ReadResult.Found found = (ReadResult.Found) opened.read(verdict, BlobVersion.ABSENT, 100_000, TIMEOUT);
            String unsafe = new String(found.blob().bytes(), StandardCharsets.UTF_8)
                    .replace(
                            "\"broken\":[]",
                            "\"broken\":[{\"rule\":\"one-winner\",\"line\":3,\"found\":\"two were applied\"}]");
            SwapResult swapped = opened.compareAndSet(
                    verdict, found.blob().version(), unsafe.getBytes(StandardCharsets.UTF_8), TIMEOUT);
            assertThat(swapped).isInstanceOf(SwapResult.Applied.class);
        }
    }
}
