package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import dev.recsys.log.FileEventSink;
import dev.recsys.log.OutcomeRecorder;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.InMemoryUserHistory;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded is known to the next request, and the files of a log are read by the commands as they are. */
class LoggedShopTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private ControlledShop shop;
    private Path log;

    @BeforeEach
    void serve(@TempDir Path root) throws IOException {
        shop = new ControlledShop(root);
        log = root.resolve("log");
        assertThat(shop.ship(1)).isZero();
        InMemoryUserHistory history = new InMemoryUserHistory(100, 10);
        try (FileBlobStore store = FileBlobStore.at(shop.store);
                FileEventSink sink = FileEventSink.builder(log).rawUsers().build();
                OutcomeRecorder recorder = OutcomeRecorder.builder(log)
                        .rawUsers()
                        .history(history::record)
                        .build();
                EmbeddedRecommender recommender = EmbeddedRecommender.builder(store)
                        .userHistory(history)
                        .eventSink(sink)
                        .build()) {
            recommender.preload("acme", "home", Duration.ofMinutes(1));
            assertThat(recommended(recommender)).startsWith("a", "b", "c");

            for (String user : List.of("ann", "bob")) {
                for (String item : List.of("f", "a")) {
                    assertThat(recorder.record(new Outcome(new Scope("acme", "home"), user, item, "purchase", NOW)))
                            .isTrue();
                }
            }

            assertThat(recommended(recommender)).startsWith("b", "c").doesNotContain("a", "f");
        }
    }

    private static List<String> recommended(EmbeddedRecommender recommender) {
        return recommender.recommend("acme", "home", "ann").items().stream()
                .map(RecommendedItem::itemId)
                .toList();
    }

    private String file(String kind) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.getFileName().toString().matches(kind + "-.*[.]jsonl[.]gz"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    private int build(String events) {
        return shop.run(
                "build",
                "--events",
                events,
                "--tenant",
                "acme",
                "--surface",
                "home",
                "--out",
                log.resolveSibling("out").toString());
    }

    @Test
    void aBuildReadsTheOutcomesOfALogAsTheyAre() throws IOException {
        assertThat(build(file("outcomes"))).as(shop.shell().text()).isZero();
        assertThat(shop.shell().text()).contains("4");
    }

    @Test
    void aBuildRefusesWhatWasShownAndSaysWhatToGiveIt() throws IOException {
        assertThat(build(file("exposures"))).isEqualTo(ExitCode.USAGE);

        assertThat(shop.shell().text()).contains("a record of what was shown").contains("outcomes");
    }

    @Test
    void aReplayReadsThePackedFileOfALog() throws IOException {
        assertThat(shop.run("replay", "--store", shop.store.toString(), "--exposures", file("exposures")))
                .as(shop.shell().text())
                .isZero();
    }

    @Test
    void thePersonsLinesAreRemovedFromTheFolder() throws IOException {
        String secret = Base64.getEncoder().encodeToString(new byte[32]);
        Path keys = Files.writeString(log.resolveSibling("keys"), "k1 " + secret + "\n");

        int exit = shop.run(
                "log",
                "forget",
                "ann",
                "--folder",
                log.toString(),
                "--tenant",
                "acme",
                "--keys",
                keys.toString(),
                "--json");

        assertThat(exit).as(shop.shell().text()).isZero();
        assertThat(shop.shell().json().path("lines").asInt()).isEqualTo(4);
        assertThat(shop.shell().json().path("files").asInt()).isEqualTo(2);
        assertThat(build(file("outcomes"))).isZero();
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutShowingIt() throws IOException {
        Path keys = Files.writeString(log.resolveSibling("keys"), "k1 !secret!\n");

        assertThat(shop.run(
                        "log",
                        "forget",
                        "ann",
                        "--folder",
                        log.toString(),
                        "--tenant",
                        "acme",
                        "--keys",
                        keys.toString()))
                .isEqualTo(ExitCode.USAGE);

        assertThat(shop.shell().text()).contains("line 1").doesNotContain("!secret!");
    }
}
