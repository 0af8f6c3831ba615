package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build is looked at by the requests of a log, and ships or does not. */
class PreviewCommandTest {
    @TempDir
    private Path directory;

    private LoggedShop shop;

    @BeforeEach
    void ship() throws IOException {
        shop = new LoggedShop(directory);
        int code = shop.on("ship", "--artifacts", shop.build(1, 0).toString(), "--reason", "the first", "--create");
        assertThat(code).as(shop.shell().text()).isZero();
        shop.log(0, 100);
        shop.log(100, 100);
        shop.log(200, 100);
    }

    private int preview(Path build, String... options) {
        List<String> all = new ArrayList<>(List.of("--exposures", shop.log.toString(), build.toString()));
        all.addAll(List.of(options));
        return shop.on("preview", all.toArray(String[]::new));
    }

    private int ship(Path build, String... options) {
        List<String> all = new ArrayList<>(
                List.of("--artifacts", build.toString(), "--preview", shop.log.toString(), "--reason", "a reason"));
        all.addAll(List.of(options));
        return shop.on("ship", all.toArray(String[]::new));
    }

    private String text() {
        return shop.shell().text();
    }

    @Test
    void halfOfTheItemsMissingIsRefusedWithFiguresAndShipsByForceWithAReason() throws IOException {
        Path half = shop.build(2, 1);

        assertThat(ship(half)).isEqualTo(ExitCode.REFUSED);
        assertThat(text())
                .contains("Refused; nothing was published:", "(ship --force), with a reason")
                .contains(
                        "[preview] empty rate 0.0 % -> 0.0 % over 300 requests, mean overlap 0.49, coverage 11 -> 11 items");
        assertThat(ship(half, "--force", "--reason", "half of the shop is closed"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(shop.on(
                        "ship",
                        "--artifacts",
                        half.toString(),
                        "--preview",
                        shop.log.toString(),
                        "--force",
                        "--reason",
                        "half of the shop is closed"))
                .as(text())
                .isZero();
        assertThat(text())
                .contains("Preview: empty rate 0.0 % -> 0.0 % over 300 requests")
                .contains("Shipped release 2");
        assertThat(shop.on("history")).isZero();
        assertThat(text()).contains("half of the shop is closed (overridden: preview)");
    }

    @Test
    void aPreviewExitsAsTheShipWould() throws IOException {
        assertThat(preview(shop.build(2, 1))).isEqualTo(ExitCode.REFUSED);
        assertThat(text())
                .contains(
                        "A ship would be refused:",
                        "at least 0.6 is expected",
                        "if this change is meant, also --force");
        assertThat(preview(shop.build(2, 1), "--min-overlap", "0.3")).as(text()).isZero();
        assertThat(text())
                .contains("The gate has no objection.", "Next: recsys ship --tenant acme --surface home --artifacts");
        assertThat(preview(shop.build(1, 1))).as(text()).isZero();
        assertThat(ship(shop.build(1, 1))).as(text()).isZero();
    }

    @Test
    void theNewestRequestsAreReplayedAndOlderFilesAreNotOpened() throws IOException {
        assertThat(preview(shop.build(1, 1), "--last", "150", "--json")).isZero();

        JsonNode json = shop.shell().json();
        assertThat(json.path("requests").asInt()).isEqualTo(150);
        assertThat(json.path("files").asInt()).isEqualTo(2);
        assertThat(json.path("change").path("overlap").asDouble()).isEqualTo(1);
        assertThat(json.path("verdict").path("refused").asBoolean()).isFalse();
    }

    @Test
    void theFileThatIsWrittenToMayEndInTheMiddleOfALine() throws IOException {
        Path open = shop.log.resolve("exposures-20260201T000900000Z-7.jsonl");
        Files.writeString(open, "{\"format\":1,\"at\":", StandardOpenOption.CREATE_NEW);

        assertThat(preview(shop.build(1, 1), "--json")).isZero();
        assertThat(shop.shell().json().path("torn").asInt()).isEqualTo(1);
        assertThat(shop.shell().json().path("malformed").asInt()).isZero();
        assertThat(shop.shell().json().path("requests").asInt()).isEqualTo(300);
    }

    @Test
    void damagedPackedFilesAreNamedAndPassedOver() throws IOException {
        Path flipped = shop.log.resolve("exposures-20260201T000140000Z-7.jsonl.gz");
        byte[] bytes = Files.readAllBytes(flipped);
        for (int i = bytes.length - 44; i < bytes.length - 4; i++) {
            bytes[i] ^= 0x55;
        }
        rewrite(flipped, bytes);
        Path cut = shop.log.resolve("exposures-20260201T000000000Z-7.jsonl.gz");
        rewrite(cut, Arrays.copyOf(Files.readAllBytes(cut), 600));
        Path plain = shop.log.resolve("outcomes-20260201T000000000Z-7.jsonl.gz");
        Files.writeString(plain, "not packed");

        assertThat(preview(shop.build(1, 1), "--outcomes", shop.log.toString()))
                .as(text())
                .isZero();
        assertThat(text()).contains(flipped + " line ", cut + " line ", plain + " line 1: is damaged from here on");
        assertThat(ship(shop.build(1, 1))).as(text()).isZero();
        assertThat(text()).contains(flipped + " line ");
    }

    private static void rewrite(Path file, byte[] bytes) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);
    }

    @Test
    void hitsAreMeasuredAgainstTheOutcomesOfTheLog() throws IOException {
        shop.outcomes(
                60,
                "i4"); // the fifth, which is gone when every other item is; of those who had it before, one in forty

        assertThat(preview(shop.build(2, 1), "--outcomes", shop.log.toString(), "--within", "1h", "--json"))
                .isEqualTo(ExitCode.REFUSED);

        JsonNode hits = shop.shell().json().path("hits");
        assertThat(hits.path("followed").asInt()).isEqualTo(60);
        assertThat(hits.path("only_current").asInt()).isEqualTo(58); // users 4 and 44 had it
        assertThat(hits.path("candidate").asDouble()).isZero();
        assertThat(hits.path("high").asDouble()).isNegative();
        preview(shop.build(2, 1), "--outcomes", shop.log.toString(), "--within", "20m", "--json");
        assertThat(shop.shell().json().path("hits").path("followed").asInt()).isZero();
    }

    @Test
    void theReportIsAPageThatLoadsNothing() throws IOException {
        Path html = directory.resolve("preview.html");
        shop.outcomes(60, "i4");

        preview(shop.build(2, 1), "--html", html.toString(), "--outcomes", shop.log.toString());

        assertThat(html)
                .content()
                .contains(
                        "<svg",
                        "How much of each list stays",
                        "A ship would be refused",
                        "Hit rate",
                        "p1",
                        "within 24 hours")
                .doesNotContain("http://", "https://", "<script");
    }

    @Test
    void anEmptyLogIsNoReasonToPass() throws IOException {
        Path empty = directory.resolve("empty.jsonl");
        Files.createFile(empty);

        assertThat(shop.on("preview", shop.build(1, 1).toString(), "--exposures", empty.toString()))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(text()).contains("0 requests are too few to judge by");
        assertThat(preview(
                        shop.build(1, 1),
                        "--exposures",
                        directory.resolve("none").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(text()).contains("which does not exist");
    }

    @Test
    void limitsWithoutAPreviewAreAMistake() throws IOException {
        assertThat(shop.on("ship", "--artifacts", shop.build(1, 1).toString(), "--reason", "x", "--min-overlap", "0.9"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(text()).contains("--preview is missing");
    }

    @Test
    void aFirstShipIsPreviewedByTheBuildAlone() throws IOException {
        LoggedShop fresh = new LoggedShop(Files.createDirectories(directory.resolve("fresh")));
        fresh.log(0, 5);

        int code = fresh.on(
                "ship",
                "--artifacts",
                fresh.build(1, 0).toString(),
                "--preview",
                fresh.log.toString(),
                "--reason",
                "the first",
                "--create");

        assertThat(code).as(fresh.shell().text()).isZero();
        assertThat(fresh.shell().text()).contains("Preview: nothing was current; empty rate 0.0 % over 5 requests");
    }
}
