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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collect, pin, unpin, scrub and new-epoch, as an operator and a nightly job use them. */
class RetentionCommandsTest {
    private static final int RELEASES = 4;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void shipReleases() throws IOException {
        store = directory.resolve("store");
        for (int i = 1; i <= RELEASES; i++) {
            assertThat(on("ship", "--artifacts", build(i).toString(), "--reason", "ship " + i, "--create"))
                    .isZero();
        }
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

    private int run(String... args) {
        out.reset();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Main.run(new Terminal(stream, stream, false), args);
    }

    private int on(String command, String... options) {
        List<String> args =
                new ArrayList<>(List.of(command, "--store", store.toString(), "--tenant", "acme", "--surface", "home"));
        args.addAll(List.of(options));
        return run(args.toArray(String[]::new));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode document() throws IOException {
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private List<Path> artifacts() throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(file -> file.toString().endsWith(".rst"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void collectDeletesWhatItSaidItWould() throws IOException {
        assertThat(on("collect", "--keep-releases", "2", "--keep-for", "0s", "--dry-run", "--json"))
                .isZero();
        JsonNode planned = document();
        assertThat(artifacts()).hasSize(RELEASES);

        assertThat(on("collect", "--keep-releases", "2", "--keep-for", "0s", "--json"))
                .isZero();

        assertThat(document().path("releases")).isEqualTo(planned.path("releases"));
        assertThat(document().path("objects").asInt()).isEqualTo(2);
        assertThat(document().path("seq").asInt()).isEqualTo(RELEASES + 1);
        assertThat(artifacts()).hasSize(2);
        assertThat(on("verify")).isZero();
        assertThat(on("collect", "--keep-releases", "2", "--keep-for", "0s")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Nothing to delete");
    }

    @Test
    void anEpochBeginsOverAPointerThatIsLongerThanAny() throws IOException {
        Path newest = store.resolve("acme/home/current").resolve(String.format("%020d", RELEASES));
        Files.write(newest, new byte[5_000_000]);
        assertThat(on("status")).isEqualTo(ExitCode.DAMAGE);
        assertThat(text())
                .contains("acme/home/current")
                .contains(store.toString())
                .contains("new-epoch")
                .contains("restore it");

        assertThat(on("new-epoch", "--reason", "somebody copied a file over it"))
                .as(text())
                .isZero();
        assertThat(text())
                .contains("with the artifacts of release " + (RELEASES - 1) + ", shipped at ")
                .contains("no longer certain");
        assertThat(on("verify")).isZero();
        assertThat(text()).contains("read back to revision 2/").contains("Older revisions were not looked at");
        assertThat(on("history")).isZero();
        assertThat(text()).contains("The list ends where epoch 2 began");
    }

    @Test
    void byDefaultYoungReleasesStay() throws IOException {
        assertThat(on("collect")).isZero();
        assertThat(artifacts()).hasSize(RELEASES);
        assertThat(on("collect", "--keep-releases", "1", "--keep-for", "12h")).isZero();
        assertThat(artifacts()).hasSize(RELEASES);
    }

    @Test
    void aPinnedReleaseStays() throws IOException {
        assertThat(on("pin", "1", "--reason", "the audit needs it")).isZero();
        assertThat(on("collect", "--keep-releases", "1", "--keep-for", "0s")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("stays", "pinned", "goes");
        assertThat(artifacts()).hasSize(2);
        assertThat(on("unpin", "1", "--reason", "it is over")).isZero();
        assertThat(on("collect", "--keep-releases", "1", "--keep-for", "0s")).isZero();
        assertThat(artifacts()).hasSize(1);
        assertThat(on("pin", "1", "--reason", "too late")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aTimeThatIsNoTimeIsRefused() {
        assertThat(on("collect", "--keep-for", "30")).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("30d, 12h, 15m or 0s");
        assertThat(on("collect", "--keep-releases", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("scrub", "--store", store.toString(), "--surface", "home"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void scrubFindsAnObjectThatWasDeletedByHand() throws IOException {
        assertThat(run("scrub", "--store", store.toString())).isZero();
        Files.delete(artifacts().get(0));

        assertThat(run("scrub", "--store", store.toString(), "--json")).isEqualTo(ExitCode.DAMAGE);
        JsonNode damage = document().path("surfaces").path(0).path("damages").path(0);
        assertThat(damage.path("problem").asText()).isEqualTo("missing");
        assertThat(damage.path("releases")).hasSize(1);
        assertThat(on("scrub")).isEqualTo(ExitCode.DAMAGE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 DAMAGED", "needed by release", "missing");
    }

    @Test
    void scrubNamesAForeignFolderAndDoesNotCallItDamage() throws IOException {
        Path notes = Files.createDirectories(store.resolve("backup/2026")).resolve("notes.txt");
        Files.writeString(notes, "somebody's");

        assertThat(run("scrub", "--store", store.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("warning", "backup/2026", "acme/home");
        assertThat(run("scrub", "--store", store.toString(), "--tenant", "backup"))
                .isZero();
        assertThat(run("scrub", "--store", store.toString(), "--tenant", "nobody"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void scrubCallsASurfaceWhosePointerIsGoneDamagedThoughItsFirstEntryIsGoneToo() throws IOException {
        Path home = store.resolve("acme/home");
        for (Path gone : List.of(home.resolve("current"), home.resolve("history/1/00000000000000000001"))) {
            try (Stream<Path> files = Files.walk(gone)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }

        assertThat(run("scrub", "--store", store.toString())).isEqualTo(ExitCode.DAMAGE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("acme/home", "vanished");
    }

    @Test
    void collectLeavesForeignFilesAloneAndNamesThem() throws IOException {
        Path foreign = Files.writeString(store.resolve("acme/home/artifacts/notes.txt"), "somebody's");

        assertThat(on("collect", "--keep-releases", "2", "--keep-for", "0s")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("left alone: 1.", "acme/home/artifacts/notes.txt", "Deleted 2 artifacts");
        assertThat(foreign).exists();
    }

    @Test
    void scrubLooksAtTheOtherSurfacesThoughOnePointerIsSpoiled() throws IOException {
        assertThat(run(
                        "ship",
                        "--store",
                        store.toString(),
                        "--tenant",
                        "acme",
                        "--surface",
                        "home",
                        "--artifacts",
                        build(9).toString(),
                        "--reason",
                        "one more"))
                .isZero();
        Path register = store.resolve("acme").resolve("cart").resolve("current");
        Files.createDirectories(register);
        Files.writeString(register.resolve("00000000000000000001"), "spoiled");

        assertThat(run("scrub", "--store", store.toString(), "--json")).isEqualTo(ExitCode.DAMAGE);

        assertThat(document().path("surfaces")).hasSize(2);
    }

    @Test
    void aRestoredStoreTakesShipsAfterANewEpoch() throws IOException {
        Path register = store.resolve("acme").resolve("home").resolve("current");
        List<Path> slots;
        try (Stream<Path> files = Files.list(register)) {
            slots = files.sorted().toList();
        }
        Files.delete(slots.get(slots.size() - 1));
        Files.delete(slots.get(slots.size() - 2)); // as a restore of the pointers alone would leave it
        String build = build(7).toString();
        assertThat(on("ship", "--artifacts", build, "--reason", "after the restore"))
                .isEqualTo(ExitCode.DAMAGE);

        assertThat(on("new-epoch", "--reason", "restored", "--json")).isZero();

        assertThat(document().path("epoch").asInt()).isEqualTo(2);
        assertThat(document().path("continued").asInt()).isEqualTo(RELEASES - 2);
        assertThat(document().path("follows_history").asBoolean()).isTrue();
        assertThat(on("ship", "--artifacts", build, "--reason", "after the restore"))
                .isZero();
        assertThat(on("verify")).isZero();
    }
}
