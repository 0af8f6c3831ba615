package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person asks who wants to know what is shown, and why. */
class RecommendCommandTest {
    @TempDir
    private Path directory;

    private ControlledShop shop;

    @BeforeEach
    void ship() throws IOException {
        shop = new ControlledShop(directory);
        assertThat(shop.ship(0)).as(shop.shell().text()).isZero();
    }

    private List<String> items() throws IOException {
        List<String> items = new ArrayList<>();
        shop.shell()
                .json()
                .path("items")
                .forEach(item -> items.add(item.path("item_id").asText()));
        return items;
    }

    private List<String> recommended(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--json");
        assertThat(shop.recommend(all.toArray(String[]::new)))
                .as(shop.shell().text())
                .isZero();
        return items();
    }

    @Test
    void theControlsOfTheFolderHold() throws IOException {
        assertThat(recommended()).containsExactly("e", "a", "c");
        JsonNode json = shop.shell().json();
        assertThat(json.path("versions").path("config").asText()).startsWith("sha256-");
        assertThat(json.path("items").path(0).path("rules").path(0).asText()).isEqualTo("more-e");

        assertThat(shop.recommend()).isZero();
        assertThat(shop.shell().text())
                .contains("popularity, rule more-e")
                .contains("Configuration sha256-")
                .contains("Rules         sha256-")
                .contains("Items         sha256-");
        assertThat(shop.on("recommend", "--json")).isZero();
        assertThat(items()).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void aRequestNarrowsTheList() throws IOException {
        assertThat(recommended("--k", "1")).containsExactly("e");
        assertThat(recommended("--require-tag", "new")).containsExactly("c");
        assertThat(recommended("--require-category", "tea")).containsExactly("e");
        assertThat(recommended("--min-price", "5.5", "--max-price", "7")).containsExactly("b", "c");
        assertThat(recommended("--similar-to", "a", "--k", "2")).containsExactly("b", "c");
        assertThat(shop.recommend("--min-price", "-1")).isEqualTo(ExitCode.USAGE);
        assertThat(shop.recommend("--min-price", "7", "--max-price", "5")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void anExplanationShowsWhatMadeEachScore() {
        assertThat(shop.recommend("--recent", "a", "--explain")).isZero();

        assertThat(shop.shell().text().lines())
                .containsSequence(
                        "#  ITEM  SCORE   cooc    popularity  BOOST  BY SCORE -> PLACE  RULES",
                        "1  b     1.2000  1.0000  0.2000      -      1                  -",
                        "2  c     0.6778  0.5000  0.1778      -      2                  -",
                        "3  e     0.2667  -       0.1333      x2     3                  more-e");
    }

    @Test
    void whyAnItemIsNotThereIsSaidInWords() {
        assertThat(shop.recommend(
                        "--why-not",
                        "b",
                        "--why-not",
                        "d",
                        "--why-not",
                        "f",
                        "--why-not",
                        "a",
                        "--why-not",
                        "nothing",
                        "--why-not",
                        "c",
                        "--exclude",
                        "c"))
                .isZero();

        assertThat(shop.shell().text())
                .contains("a is in the list, at place 2.")
                .contains("b is not in the list: a cap was reached (the list has 1 of brand 'X' already).")
                .contains("c is not in the list: it was excluded (the request excludes it).")
                .contains("d is not in the list: a rule blocks it (blocked by no-d).")
                .contains("nothing is not in the list: nobody knows it")
                .contains("Warning: no_history - ");
        assertThat(shop.recommend("--why-not", "f")).isZero();
        assertThat(shop.shell().text()).contains("f is not in the list: others come before it");
    }

    @Test
    void theBestByScoreThatAPinKeepsOutIsSaidToBeThat() throws IOException {
        shop.rules("{\"id\": \"x\", \"action\": \"pin\", \"attribute\": \"item\", \"value\": \"f\", \"position\": 1}");

        assertThat(shop.recommend("--k", "1", "--why-not", "a")).isZero();

        assertThat(shop.shell().text())
                .contains("a is not in the list: others come before it (its score is number 1 of all candidates;"
                        + " a pin, diversity or exploration gave its place to another).");
    }

    @Test
    void anExplanationHasEveryFigureAsJson() throws IOException {
        assertThat(shop.recommend("--recent", "a", "--why-not", "d", "--json")).isZero();

        JsonNode explained = shop.shell().json().path("explained");
        assertThat(explained).hasSize(4);
        JsonNode third = explained.path(2);
        assertThat(third.path("item_id").asText()).isEqualTo("e");
        assertThat(third.path("position").asInt()).isEqualTo(3);
        assertThat(third.path("rank").asInt()).isEqualTo(3);
        assertThat(third.path("boost").asDouble()).isEqualTo(2);
        assertThat(third.path("propensity").asDouble()).isEqualTo(1);
        JsonNode contribution = third.path("contributions").path(0);
        assertThat(contribution.path("signal").asText()).isEqualTo("popularity");
        assertThat(contribution.path("raw").asDouble()).isEqualTo(60);
        assertThat(contribution.path("scaled").asDouble()).isBetween(0.66, 0.67);
        assertThat(contribution.path("weight").asDouble()).isEqualTo(0.2);
        assertThat(contribution.path("share").asDouble()).isBetween(0.133, 0.134);
        assertThat(explained.path(3).path("dropped").path("stage").asText()).isEqualTo("blocked");
        assertThat(explained.path(3).path("dropped").path("detail").asText()).contains("no-d");
    }

    @Test
    void aFolderWithAMistakeIsRefusedByItsPath() throws IOException {
        shop.rules("{\"id\": \"x\", \"action\": \"pin\", \"attribute\": \"item\", \"value\": \"a\", \"position\": 0}");

        assertThat(shop.recommend()).isEqualTo(ExitCode.USAGE);
        assertThat(shop.shell().text()).contains("acme/home/rules.json", "rules[0].position");
    }

    @Test
    void aFolderIsCheckedWithoutAStoreAndNothingIsWritten() throws IOException {
        String folder = shop.controls.toString();
        assertThat(shop.run("check-controls", "--controls", folder)).isZero();
        assertThat(shop.shell().text()).contains("is sound.");
        assertThat(shop.controls.resolve("_versions")).doesNotExist();

        shop.rules("{\"id\": \"x\", \"action\": \"pin\", \"attribute\": \"item\", \"value\": \"a\", \"position\": 0}");
        Files.writeString(shop.controls.resolve("acme/home/config.json"), "{\"k\": 0}");

        assertThat(shop.run("check-controls", "--controls", folder)).isEqualTo(ExitCode.USAGE);
        assertThat(shop.shell().text().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("acme/home/config.json: k: is 0; expected 1"),
                        second -> assertThat(second).startsWith("acme/home/rules.json: rules[0].position: is 0"),
                        third -> assertThat(third).contains("is not sound"));
        assertThat(shop.run("check-controls", "--controls", folder, "--json")).isEqualTo(ExitCode.USAGE);
        assertThat(shop.shell().json().path("problems").path(0).path("path").asText())
                .isEqualTo("acme/home/config.json");
        assertThat(shop.run("check-controls", "--controls", folder + "-nowhere"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aRecordDoesNotGoIntoTheStore() {
        Path inside = shop.store.resolve("shown.jsonl");

        assertThat(shop.recommend("--record", inside.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(inside).doesNotExist();
    }

    @Test
    void aRecordIsAppendedAsOneLine() throws IOException {
        Path shown = directory.resolve("shown.jsonl");

        assertThat(shop.recommend("--user", "ann", "--record", shown.toString()))
                .isZero();
        assertThat(shop.recommend("--user", "bob", "--explain", "--record", shown.toString()))
                .isZero();

        assertThat(Files.readAllLines(shown))
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"user\":\"ann\""),
                        second -> assertThat(second).contains("\"user\":\"bob\""));
    }
}
