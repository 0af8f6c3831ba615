package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import dev.recsys.log.FileEventSink;
import dev.recsys.log.OutcomeRecorder;
import dev.recsys.log.PseudonymKeys;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.InMemoryUserHistory;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded is known to the next request, and the files of a log are read by the commands as they are. */
class LoggedShopTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

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

    private Path keys(String text, String mode) throws IOException {
        Path keys = Files.writeString(log.resolveSibling("keys"), text);
        return Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString(mode));
    }

    private int forget(String user, String... options) {
        List<String> args = new ArrayList<>(List.of("log", "forget", user, "--folder", log.toString()));
        args.addAll(List.of("--tenant", "acme"));
        args.addAll(List.of(options));
        return shop.run(args.toArray(String[]::new));
    }

    @Test
    void thePersonsLinesAreRemovedFromTheFolder() throws IOException {
        Path keys = keys("k1 " + SECRET + "\n", "rw-------");

        assertThat(forget("ann", "--keys", keys.toString(), "--json"))
                .as(shop.shell().text())
                .isZero();

        assertThat(shop.shell().json().path("lines").asInt()).isEqualTo(4);
        assertThat(shop.shell().json().path("files").asInt()).isEqualTo(2);
        assertThat(build(file("outcomes"))).isZero();
        assertThat(forget("ann", "--keys", keys.toString())).isZero();
        assertThat(shop.shell().text()).contains("No line is of this person");
    }

    @Test
    void aDamagedFileIsNamedWithWhatToDoAndTheOthersAreDone() throws IOException {
        Path damaged = Path.of(file("exposures"));
        Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 40));

        assertThat(forget("ann")).isEqualTo(ExitCode.DAMAGE);

        assertThat(shop.shell().text())
                .contains("2 lines in 1 files are removed")
                .contains(damaged + " is damaged")
                .contains("Repair it or delete it");
    }

    @Test
    void keysThatAreMissingAreNamed() throws IOException {
        PseudonymKeys others = PseudonymKeys.of("k1", new byte[32]);
        try (OutcomeRecorder recorder =
                OutcomeRecorder.builder(log).pseudonyms(others).build()) {
            assertThat(recorder.record(new Outcome(new Scope("acme", "home"), "cat", "a", "purchase", NOW)))
                    .isTrue();
        }
        Path keys = keys("k9 " + SECRET + "\n", "rw-------");

        assertThat(forget("cat", "--keys", keys.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(shop.shell().text()).contains("keys that --keys does not have: k1.");

        assertThat(forget("cat", "--json")).isEqualTo(ExitCode.USAGE);
        assertThat(shop.shell().json().path("unknown_keys").path(0).asText()).isEqualTo("k1");
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutShowingIt() throws IOException {
        Path keys = keys("k1 !secret!\n", "rw-------");

        assertThat(forget("ann", "--keys", keys.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(shop.shell().text()).contains("line 1").doesNotContain("!secret!");
    }

    @Test
    void aFileOfTheSecretItselfIsRefusedWithHowToMakeOneOfKeys() throws IOException {
        Path keys = keys("", "rw-------");
        Files.write(keys, new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF});

        assertThat(forget("ann", "--keys", keys.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(shop.shell().text()).contains("is no text").contains("base64 -w0 pseudonyms.key");
    }

    @Test
    void keysThatOthersMayReadAreRefused() throws IOException {
        Path keys = keys("k1 " + SECRET + "\n", "rw-r--r--");

        assertThat(forget("ann", "--keys", keys.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(shop.shell().text()).contains("chmod 600").doesNotContain(SECRET);
    }
}
