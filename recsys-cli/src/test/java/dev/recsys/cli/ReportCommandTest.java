package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recsys.Assignment;
import dev.recsys.Degradation;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.controls.OutcomeDocument;
import dev.recsys.log.FileEventSink;
import dev.recsys.log.LogSettings;
import dev.recsys.log.OutcomeRecorder;
import dev.recsys.log.PseudonymKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportCommandTest {
    private static final Scope HOME = new Scope("acme", "home");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path root;

    private final Shell shell = new Shell();

    private Path log() {
        return root.resolve("log");
    }

    private static Exposure list(int number, String user, String... items) {
        String variant = number % 2 == 0 ? "control" : "new";
        List<RecommendedItem> recommended = Stream.of(items)
                .map(item -> new RecommendedItem(item, 1, List.of("cooc", "popularity"), List.of(), 1))
                .toList();
        List<Degradation> degradations =
                items.length == 0 ? List.of(new Degradation(Degradation.Kind.NOT_READY, "no release")) : List.of();
        return new Exposure(
                START.plusSeconds(number * 600L),
                RecommendationRequest.of("acme", "home")
                        .user(user)
                        .requestId("r" + number)
                        .build(),
                List.of(),
                new TreeMap<>(),
                List.of(),
                new Recommendations(
                        HOME,
                        7,
                        1,
                        7,
                        Recommendations.Versions.NONE,
                        Optional.of(new Assignment("blend", variant)),
                        recommended,
                        degradations),
                OptionalLong.of(1_000_000L * (1 + number)));
    }

    private static Outcome outcome(int list, String user, String item, String type) {
        return new Outcome(HOME, user, item, type, START.plusSeconds(list * 600L + 60));
    }

    /** 200 lists of two items, of which every fourth has a click on the first; every tenth is bought for 2.5, without a request id. */
    private void write(LogSettings settings, String hostile) throws InterruptedException {
        PseudonymKeys keys = PseudonymKeys.of("k1", new byte[32]);
        try (FileEventSink lists = FileEventSink.builder(log())
                        .pseudonyms(keys)
                        .settings(settings)
                        .build();
                OutcomeRecorder outcomes = OutcomeRecorder.builder(log())
                        .pseudonyms(keys)
                        .settings(settings)
                        .build()) {
            for (int number = 0; number < 200; number++) {
                String user = "u" + number;
                lists.exposed(number == 199 ? list(number, user) : list(number, user, "a" + hostile, "b"));
                if (number % 4 == 0) {
                    outcomes.record(
                            outcome(number, user, "a" + hostile, "click").withRequestId("r" + number));
                }
                if (number % 10 == 0) {
                    outcomes.record(outcome(number, user, "b", "purchase").withValue(2.5));
                }
            }
            assertThat(lists.flush(Duration.ofMinutes(1)) && outcomes.flush(Duration.ofMinutes(1)))
                    .isTrue();
        }
    }

    private int report(String... more) {
        List<String> args =
                new ArrayList<>(List.of("report", "--exposures", log().toString(), "--outcomes", log().toString()));
        args.addAll(List.of(more));
        return shell.run(args.toArray(String[]::new));
    }

    private static JsonNode group(JsonNode json, String dimension, String value) {
        for (JsonNode group : json.path("groups")) {
            if (group.path("dimension").asText().equals(dimension)
                    && group.path("value").asText().equals(value)) {
                return group;
            }
        }
        throw new AssertionError("no group " + dimension + " " + value + " in " + json.path("groups"));
    }

    @Test
    void whatTheSinksWroteIsReadJoinedAndCounted() throws Exception {
        write(LogSettings.DEFAULT.withBatch(20, Duration.ofMillis(1)).withRotation(20_000, Duration.ofHours(1)), "");

        assertThat(report("--json")).isEqualTo(ExitCode.DONE);

        JsonNode json = shell.json();
        assertThat(json.path("exposures").path("files").asInt()).isGreaterThan(1);
        assertThat(json.path("exposures").path("malformed").asInt()).isZero();
        assertThat(json.path("join").path("joined").path("value").asDouble()).isEqualTo(1);
        assertThat(json.path("join")
                        .path("types")
                        .path("click")
                        .path("by_request")
                        .asInt())
                .isEqualTo(50);
        assertThat(json.path("join")
                        .path("types")
                        .path("purchase")
                        .path("by_user")
                        .asInt())
                .isEqualTo(20);
        for (String[] facet : new String[][] {
            {"all", "all"}, {"surface", "acme/home"}, {"segment", "(none)"}, {"release", "acme/home #7"}
        }) {
            JsonNode group = group(json, facet[0], facet[1]);
            assertThat(group.path("lists").asInt()).isEqualTo(200);
            assertThat(group.path("click_rate").path("value").asDouble()).isCloseTo(50 / 398.0, within(1e-12));
            assertThat(group.path("list_click_rate").path("value").asDouble()).isEqualTo(0.25);
            assertThat(group.path("value_sum").asDouble()).isEqualTo(50);
            assertThat(group.path("latency_p50_nanos").asLong()).isEqualTo(100_000_000);
        }
        assertThat(group(json, "position", "1").path("clicked_items").asInt()).isEqualTo(50);
        assertThat(group(json, "position", "2").path("converted_items").asInt()).isEqualTo(20);
        assertThat(group(json, "signal", "cooc").path("items").asInt()).isEqualTo(398);
        assertThat(group(json, "variant", "acme/home blend: new")
                        .path("clicked_items")
                        .asInt())
                .isZero();
        assertThat(group(json, "degradation", "not_ready").has("empty_rate")).isFalse();
        JsonNode comparison =
                json.path("experiments").get(0).path("comparisons").get(0);
        assertThat(comparison.path("effect").path("value").asDouble()).isCloseTo(-0.25, within(1e-12));
        assertThat(comparison.path("verdict").asText()).isEqualTo("lower");
    }

    @Test
    void linesInAnotherOrderGiveTheSameReport() throws Exception {
        write(LogSettings.DEFAULT, "");
        report("--json");
        String first = shell.text();
        Path shuffled = Files.createDirectory(root.resolve("shuffled"));
        try (Stream<Path> files = Files.list(log())) {
            for (Path file : files.toList()) {
                shuffle(file, shuffled.resolve(file.getFileName().toString().replace(".gz", "")));
            }
        }

        shell.run("report", "--exposures", shuffled.toString(), "--outcomes", shuffled.toString(), "--json");

        assertThat(shell.text()).isEqualTo(first);
    }

    private static void shuffle(Path packed, Path plain) throws IOException {
        List<String> lines = new ArrayList<>();
        try (ExposureLines open = ExposureLines.of(packed)) {
            for (var line = open.next(); line.isPresent(); line = open.next()) {
                lines.add(new String(line.get(), StandardCharsets.UTF_8));
            }
        }
        Collections.shuffle(lines, new Random(1));
        Files.write(plain, lines);
    }

    @Test
    void badLinesAreCountedWithTheirPlaceAndATornLastOneIsNone() throws Exception {
        write(LogSettings.DEFAULT, "");
        Path live = log().resolve("exposures-20260101T000000000Z-1.jsonl");
        Files.writeString(live, "{\"format\":1}\n\n{\"format\":1,\"at\":\"2026");

        assertThat(report()).isEqualTo(ExitCode.DONE);

        assertThat(shell.text())
                .contains(
                        "Warning: 1 lines are malformed and were passed over.",
                        live + " line 1: ",
                        "Note: 1 last lines were still being written.");
        Files.writeString(live, "\n", StandardOpenOption.APPEND);
        report();
        assertThat(shell.text()).contains("Warning: 2 lines are malformed");
    }

    @Test
    void aPackedFileThatIsCutOffIsReadUpToThere() throws Exception {
        write(LogSettings.DEFAULT, "");
        try (Stream<Path> files = Files.list(log())) {
            Path packed = files.filter(file -> file.toString().contains("outcomes-"))
                    .findFirst()
                    .orElseThrow();
            byte[] whole = Files.readAllBytes(packed);
            Files.write(packed, Arrays.copyOf(whole, whole.length - 4));
        }

        assertThat(report()).isEqualTo(ExitCode.DONE);

        assertThat(shell.text()).contains("Joined 70 of 70 outcomes", "is damaged from here on");
    }

    @Test
    void aSpanATenantAndASurfaceLimitWhatCounts() throws Exception {
        write(LogSettings.DEFAULT, "");

        report("--from", "2026-01-01T01:00:00Z", "--until", "2026-01-01T03:00:00Z", "--json");
        assertThat(group(shell.json(), "all", "all").path("lists").asInt()).isEqualTo(12);
        assertThat(shell.json().path("join").path("found").path("value").asDouble())
                .isEqualTo(1); // lists of the window around are known, so that none seems lost
        assertThat(report("--tenant", "other")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.text()).contains("none of the 200 lines of --exposures counts");
        assertThat(report("--surface", "basket")).isEqualTo(ExitCode.USAGE);
        assertThat(report("--surface", "home", "--tenant", "acme")).isEqualTo(ExitCode.DONE);
    }

    /** Writes a list of one place that was drawn of items a to e, unless it is to be shown a always. */
    private void writeDrawn(int lists, double propensity) throws IOException {
        Random random = new Random(8);
        List<String> shown = new ArrayList<>();
        List<String> done = new ArrayList<>();
        for (int number = 0; number < lists; number++) {
            String item =
                    propensity < 1 ? List.of("a", "b", "c,\"x\"", "d", "e").get(random.nextInt(5)) : "a";
            Exposure plain = list(number, "u" + number, item);
            Recommendations answer = plain.answer();
            Recommendations drawn = new Recommendations(
                    HOME,
                    7,
                    1,
                    7,
                    answer.versions(),
                    Optional.empty(),
                    List.of(new RecommendedItem(item, 1, List.of(), List.of(), propensity)),
                    List.of());
            shown.add(ExposureDocument.write(
                    new Exposure(plain.at(), plain.request(), List.of(), new TreeMap<>(), List.of(), drawn)));
            if (random.nextInt(4) == 0) {
                done.add(OutcomeDocument.write(
                        outcome(number, "u" + number, item, "click").withRequestId("r" + number)));
            }
        }
        Files.createDirectories(log());
        Files.write(log().resolve("exposures-20260101T000000000Z-1.jsonl"), shown);
        Files.write(log().resolve("outcomes-20260101T000000000Z-1.jsonl"), done);
    }

    @Test
    void rowsOfDrawnPlacesAreWhatEstimateReads() throws IOException {
        writeDrawn(1_500, 0.2);
        Path rows = root.resolve("rows.csv");

        assertThat(report("--rows", rows.toString())).as(shell.text()).isEqualTo(ExitCode.DONE);
        assertThat(shell.run("estimate", "--log", rows.toString(), "--json"))
                .as(shell.text())
                .isEqualTo(ExitCode.DONE);

        assertThat(shell.json().path("rows").asInt()).isEqualTo(1_500);
        assertThat(shell.json().path("items").asInt()).isEqualTo(5);
        assertThat(shell.json().path("logged").path("value").asDouble()).isCloseTo(0.25, within(0.03));
        assertThat(shell.json().path("estimates").get(0).path("value").asDouble())
                .isCloseTo(shell.json().path("logged").path("value").asDouble(), within(1e-9));
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left).containsExactlyInAnyOrder(rows, log());
        }
    }

    @Test
    void rowsOfPlacesThatWereNotDrawnGetNoVerdict() throws Exception {
        write(LogSettings.DEFAULT, "");
        Path rows = root.resolve("rows.csv");
        report("--rows", rows.toString());

        assertThat(Files.readAllLines(rows))
                .hasSize(399)
                .startsWith(
                        "item_id,position,click,propensity_score", "\"a\",1,1,1.0", "\"b\",2,0,1.0", "\"a\",1,0,1.0");
        assertThat(shell.run("estimate", "--log", rows.toString(), "--min-rows", "1", "--min-ess", "1"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(shell.text()).contains("[weights]");
    }

    @Test
    void theFirstDayWithoutOutcomesIsReportedWithAWarning() throws Exception {
        writeDrawn(100, 1);
        Files.delete(log().resolve("outcomes-20260101T000000000Z-1.jsonl"));

        assertThat(report()).as(shell.text()).isEqualTo(ExitCode.DONE);

        assertThat(shell.text()).contains("Warning: There is no file of outcomes yet", "No outcomes to join.");
    }

    @Test
    void aPageOfFewListsHasSentencesInPlaceOfPlotsWithoutFigures() throws Exception {
        writeDrawn(20, 1);
        Path page = root.resolve("report.html");

        assertThat(report("--html", page.toString())).as(shell.text()).isEqualTo(ExitCode.DONE);

        assertThat(Files.readString(page))
                .contains("Click rate by surface: no group has 100 lists", "Click rate by day: no group has 100 lists")
                .contains("not ready or its tenant suspended never gets there")
                .doesNotContain("-0.0", "<figcaption>Click rate by surface");
        assertThat(shell.text()).contains("not ready or its tenant suspended never gets there");
    }

    @Test
    void anExperimentWithoutClicksFromBeforeSaysSo() throws Exception {
        write(LogSettings.DEFAULT, "");
        Path page = root.resolve("report.html");

        report("--html", page.toString());

        assertThat(shell.text()).contains("Experiment blend on acme/home", "CUPED has nothing to go by");
        assertThat(Files.readString(page)).contains("CUPED has nothing to go by");
    }

    @Test
    void whatTerminalsObeyIsPrintedAsItsCodeAndLongTypesAreCut() throws Exception {
        writeDrawn(10, 1);
        String type = "\u001b[2J\n\u202e" + "x".repeat(900);
        Files.writeString(
                log().resolve("outcomes-20260101T000000000Z-1.jsonl"),
                OutcomeDocument.write(outcome(1, "u1", "a", type)) + "\n");

        assertThat(report()).as(shell.text()).isEqualTo(ExitCode.DONE);

        assertThat(shell.text()).contains("\\u001b[2J\\u000a\\u202ex").doesNotContain("\u001b", "\u202e");
        assertThat(shell.text().lines().filter(line -> !line.startsWith("Rates")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(300));
    }

    @Test
    void typesOfOutcomesAreChosen() throws Exception {
        write(LogSettings.DEFAULT, "");

        report("--click", "purchase,view", "--conversion", "click", "--json");

        JsonNode all = group(shell.json(), "all", "all");
        assertThat(all.path("clicked_items").asInt()).isEqualTo(20);
        assertThat(all.path("converted_items").asInt()).isEqualTo(50);
    }

    @Test
    void plannedSharesThatWereNotKeptAreAMismatch() throws Exception {
        write(LogSettings.DEFAULT, "");

        assertThat(report("--shares", "blend/control=0.8,blend/new=0.2")).isEqualTo(ExitCode.DONE);
        assertThat(shell.text()).contains("a mismatch", "new: no verdict: the variants have {control=100, new=100}");
        assertThat(shell.text()).doesNotContain("LESS CONTROL");
        assertThat(report("--shares", "control")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.text()).contains("expected EXPERIMENT/VARIANT=SHARE");
    }

    @Test
    void thePageIsWellFormedLoadsNothingAndShowsHostileIdsAsText() throws Exception {
        write(LogSettings.DEFAULT, "<script>alert(1)</script>");
        Path page = root.resolve("report.html");
        Files.writeString(page, "old");

        assertThat(report("--html", page.toString())).isEqualTo(ExitCode.DONE);

        String html = Files.readString(page);
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
        assertThat(document.getElementsByTagName("svg").getLength()).isGreaterThan(10);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(html).doesNotContain("://", "<script", " src=", "url(");
        report("--html", page.toString());
        assertThat(Files.readString(page)).isEqualTo(html);
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left).containsExactlyInAnyOrder(page, log());
        }
    }

    @Test
    void hostileNamesOfSurfacesAndExperimentsAreShownAsText() throws Exception {
        Exposure plain = list(1, "u", "a");
        Recommendations answer = plain.answer();
        Recommendations hostile = new Recommendations(
                answer.scope(),
                7,
                1,
                7,
                answer.versions(),
                Optional.of(new Assignment("<script>x</script>", "<b>")),
                List.of(new RecommendedItem("a", 1, List.of("<img src=x>"), List.of(), 1)),
                List.of());
        Path lists = Files.writeString(
                root.resolve("lists.jsonl"),
                ExposureDocument.write(new Exposure(
                                plain.at(),
                                plain.request().toBuilder()
                                        .segment("<svg onload=x>")
                                        .build(),
                                List.of(),
                                new TreeMap<>(),
                                List.of(),
                                hostile))
                        + "\n");
        Path none = Files.writeString(root.resolve("none.jsonl"), "");
        Path page = root.resolve("report.html");

        assertThat(shell.run(
                        "report",
                        "--exposures",
                        lists.toString(),
                        "--outcomes",
                        none.toString(),
                        "--html",
                        page.toString()))
                .isEqualTo(ExitCode.DONE);

        assertThat(Files.readString(page))
                .contains("&lt;script&gt;x&lt;/script&gt;", "&lt;svg onload=x&gt;", "&lt;img src=x&gt;")
                .doesNotContain("<script", "<svg onload", "<img");
    }

    @Test
    void aFolderWithoutFilesIsRefused() throws IOException {
        Files.createDirectory(log());

        assertThat(report()).isEqualTo(ExitCode.USAGE);

        assertThat(shell.text()).contains("which hold no file of a log; name the folder");
    }
}
