package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was shown is made again, or what is missing is named. */
class ReplayCommandTest {
    @TempDir
    private Path directory;

    private ControlledShop shop;
    private Path shown;

    @BeforeEach
    void ship() throws IOException {
        shop = new ControlledShop(directory);
        shown = directory.resolve("shown.jsonl");
        assertThat(shop.ship(0)).as(shop.shell().text()).isZero();
    }

    private void record(String... options) {
        List<String> all = new ArrayList<>(List.of("--record", shown.toString()));
        all.addAll(List.of(options));
        assertThat(shop.recommend(all.toArray(String[]::new)))
                .as(shop.shell().text())
                .isZero();
    }

    private int replay(String... options) {
        List<String> all = new ArrayList<>(List.of(
                "replay",
                "--store",
                shop.store.toString(),
                "--controls",
                shop.controls.toString(),
                "--exposures",
                shown.toString()));
        all.addAll(List.of(options));
        return shop.run(all.toArray(String[]::new));
    }

    @Test
    void fiftyIdenticalRequestsHaveOneAnswerAndAreReplayed() throws IOException {
        Set<JsonNode> answers = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            record("--user", "ann", "--recent", "a", "--json");
            answers.add(shop.shell().json());
        }
        assertThat(answers).hasSize(1);

        assertThat(replay("--json")).as(shop.shell().text()).isZero();

        JsonNode json = shop.shell().json();
        assertThat(json.path("records").asInt()).isEqualTo(50);
        assertThat(json.path("identical").asInt()).isEqualTo(50);
        assertThat(json.path("different").asInt()).isZero();
    }

    @Test
    void anAnswerComesBackAfterReleaseAndControlsHaveChanged() throws IOException {
        record("--user", "ann");
        assertThat(shop.ship(7)).isZero();
        shop.rules("");
        record("--user", "ann");

        assertThat(replay()).as(shop.shell().text()).isZero();
        assertThat(shop.shell().text().lines())
                .containsExactly(
                        "REPLAYED  IDENTICAL  DIFFERENT  NOT POSSIBLE  MALFORMED",
                        "2         2          0          0             0");
    }

    @Test
    void aRecordThatWasChangedIsFound() throws IOException {
        record();
        String line = Files.readString(shown);
        Files.writeString(shown, line.replaceFirst("\"score\":[0-9.]+", "\"score\":0.5"));

        assertThat(replay("--json")).isEqualTo(ExitCode.DAMAGE);
        JsonNode difference = shop.shell().json().path("differences").path(0);
        assertThat(difference.path("line").asInt()).isEqualTo(1);
        assertThat(difference.path("what").path(0).asText()).startsWith("place 1: score was 0.5 and is 0.2");
        assertThat(replay()).isEqualTo(ExitCode.DAMAGE);
        assertThat(shop.shell().text()).contains("Line 1 differs: place 1: score was 0.5");
    }

    @Test
    void aReleaseThatWasCollectedIsNamed() throws IOException {
        record();
        record();
        assertThat(shop.ship(7)).isZero();
        assertThat(shop.on("collect", "--keep-releases", "1", "--keep-for", "0s"))
                .isZero();
        record();

        assertThat(replay()).isEqualTo(ExitCode.USAGE);
        assertThat(shop.shell().text())
                .contains("Not possible for 2, the first in line 1: Release 1 of acme/home is not retained any more");
        assertThat(replay("--json")).isEqualTo(ExitCode.USAGE);
        assertThat(shop.shell().json().path("not_possible").asInt()).isEqualTo(2);
        assertThat(shop.shell().json().path("identical").asInt()).isEqualTo(1);
        assertThat(shop.shell().json().path("reasons").path(0).path("records").asInt())
                .isEqualTo(2);
    }

    @Test
    void rulesThatAreNotKeptAnyMoreAreNamed() throws IOException {
        record();
        String version = versions("rules");
        shop.rules("");
        deleteAll(shop.controls.resolve("_versions/rules"));

        assertThat(replay()).isEqualTo(ExitCode.USAGE);
        assertThat(shop.shell().text())
                .contains("The set of rules of version " + version + " of acme/home is not kept");
    }

    private String versions(String kind) throws IOException {
        assertThat(shop.recommend("--json")).isZero();
        return shop.shell().json().path("versions").path(kind).asText();
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aMalformedLineIsNamedByItsNumberAndTheOthersAreReplayed() throws IOException {
        record();
        Files.writeString(shown, "\n{\"format\": 1, \"at\": \"yesterday\"}\n", StandardOpenOption.APPEND);
        record();

        assertThat(replay()).isEqualTo(ExitCode.USAGE);
        assertThat(shop.shell().text()).contains("2         2  ").contains("Line 3 is malformed: ");
    }

    @Test
    void aFileWithoutRecordsIsRefused() throws IOException {
        Files.writeString(shown, "\n");

        assertThat(replay()).isEqualTo(ExitCode.USAGE);
        assertThat(shop.shell().text()).contains("holds no record");
    }

    @Test
    void aListOfAVariantSaysSoAndIsReplayed() throws IOException {
        assertThat(shop.ship(1)).isZero();
        Files.writeString(shop.controls.resolve("acme/home/config.json"), """
                {"k": 3, "experiment": {"name": "old", "variants": [
                  {"name": "control", "release": 1, "config": {"k": 2}}, {"name": "same", "release": 1, "config": {"k": 2}}]}}
                """);

        record("--user", "ann");
        String said = shop.shell().text();
        record("--user", "bob");

        assertThat(said)
                .contains("Release 1 of acme/home")
                .containsPattern("Experiment old, variant (control|same)\\.");
        assertThat(Files.readString(shown)).contains("\"experiment\":{\"name\":\"old\"");
        assertThat(replay()).as(shop.shell().text()).isZero();
        assertThat(shop.shell().text()).containsPattern("2 +2 +0 +0 +0");
    }
}
