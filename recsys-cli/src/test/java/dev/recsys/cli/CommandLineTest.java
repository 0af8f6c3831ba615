package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recsys.OutcomeUnknownException;
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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The promises of the command line to jobs: exit codes, and one JSON document on standard output. */
class CommandLineTest {
    private final ObjectMapper json = new ObjectMapper();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Path events;

    @BeforeEach
    void writeEvents() throws IOException {
        events = directory.resolve("events.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int session = 0; session < 40; session++) {
            for (int item = 0; item < 3; item++) {
                lines.append(String.format(
                        Locale.ROOT,
                        "{\"ts\":\"2026-01-%02dT10:%02d:00Z\",\"user\":\"u%d\",\"session\":\"s%d\",\"item\":\"i%d\",\"type\":\"view\"}%n",
                        1 + session / 2,
                        item,
                        session % 7,
                        session,
                        (session + item * item) % 9));
            }
        }
        Files.writeString(events, lines);
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return Main.run(terminal(), args);
    }

    private Terminal terminal() {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
    }

    private int on(String command, String... options) {
        List<String> args =
                new ArrayList<>(List.of(command, "--store", storeUri(), "--tenant", "acme", "--surface", "home"));
        args.addAll(List.of(options));
        return run(args.toArray(String[]::new));
    }

    private String storeUri() {
        return directory.resolve("store").toUri().toString();
    }

    private JsonNode document() {
        try {
            String text = out.toString(StandardCharsets.UTF_8);
            assertThat(text.strip()).as("exactly one document").doesNotContain("\n");
            return json.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + out, e);
        }
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String build(String name, String... options) {
        Path folder = directory.resolve(name);
        assertThat(buildInto(folder, options)).as(errors()).isZero();
        return folder.toString();
    }

    private int buildInto(Path folder, String... options) {
        List<String> args = new ArrayList<>(List.of(
                "build",
                "--events",
                events.toString(),
                "--tenant",
                "acme",
                "--surface",
                "home",
                "--out",
                folder.toString()));
        args.addAll(List.of(options));
        return run(args.toArray(String[]::new));
    }

    private int ship(String build, String reason, String... options) {
        List<String> all = new ArrayList<>(List.of("--artifacts", build, "--reason", reason, "--create"));
        all.addAll(List.of(options));
        return on("ship", all.toArray(String[]::new));
    }

    private String emptyBuild() throws IOException {
        Path nothing = Files.writeString(directory.resolve("nothing.jsonl"), "");
        Path folder = directory.resolve("empty");
        assertThat(run(
                        "build",
                        "--events",
                        nothing.toString(),
                        "--tenant",
                        "acme",
                        "--surface",
                        "home",
                        "--out",
                        folder.toString()))
                .isZero();
        return folder.toString();
    }

    @Test
    void aBuildOfAllSignalsTakesItemsAndConstants() throws IOException {
        Path items = Files.writeString(directory.resolve("movies.dat"), "i1::One::a|b\ni2::Two::b\nnew::Three::a\n");

        assertThat(buildAll(items, "--set", "implicit.lambda=5,cooc.step-decay=0.8", "--set", "session_seq.steps=3"))
                .isZero();
        JsonNode document = json.readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(document.at("/artifacts").size()).isEqualTo(5);
        assertThat(document.at("/items_known").intValue()).isEqualTo(3);
        assertThat(document.at("/memory_bytes").longValue()).isPositive();

        assertThat(buildAll(items, "--max-items", "2", "--content-weighting", "tfidf"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("rp3beta");

        Files.writeString(items, "i1::One::a|b\nbad\n");
        assertThat(buildAll(items)).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("movies.dat:2");
    }

    @Test
    void aBuildReadsADatFileOfItemsAsAnEvaluationDoes() throws IOException {
        Path items = Files.writeString(directory.resolve("movies.dat"), "i1::One::a|b\ni2::Two::b\n");

        build("plain", "--signals", "content_sim", "--items", items.toString());

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Read 2 lines of items: 2 items.");
    }

    private int buildAll(Path items, String... more) {
        List<String> args = new ArrayList<>(List.of("build", "--events", events.toString()));
        args.addAll(List.of("--tenant", "acme", "--surface", "home"));
        args.addAll(List.of("--out", directory.resolve("all").toString()));
        args.addAll(List.of("--signals", "all", "--model", "ease"));
        args.addAll(List.of("--items", items.toString()));
        args.addAll(List.of("--item-columns", "item_id=1,categories=3", "--item-separator", "::", "--json"));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    @Test
    void theWholeWayFromEventsToARollback() {
        assertThat(ship(build("one"), "first")).isZero();
        assertThat(ship(build("two", "--similarity", "cosine"), "second")).isZero();
        assertThat(on("rollback", "--reason", "worse", "--json")).isZero();
        assertThat(document().path("release").asLong()).isEqualTo(1);

        assertThat(on("history", "--json")).isZero();
        JsonNode history = document();
        assertThat(history.path("tenant").asText()).isEqualTo("acme");
        assertThat(history.path("revisions").findValuesAsText("op")).containsExactly("rollback", "ship", "ship");
        assertThat(history.path("revisions").findValuesAsText("reason")).containsExactly("worse", "second", "first");
        JsonNode newest = history.path("revisions").path(0);
        assertThat(newest.path("current").asBoolean()).isTrue();
        assertThat(newest.path("artifacts").path("cooc").path("rows").asLong()).isEqualTo(9);
        assertThat(newest.fieldNames())
                .toIterable()
                .contains("epoch", "seq", "tx", "op", "release", "by", "reason", "swapped_at", "current", "artifacts");
    }

    @Test
    void recommendPrintsItemsWithTheirSignalsAndRelease() {
        ship(build("one"), "first");

        assertThat(on("recommend", "--user", "u1", "--recent", "i1,i2", "--k", "3", "--json"))
                .isZero();

        JsonNode answer = document();
        assertThat(answer.path("release").asLong()).isEqualTo(1);
        assertThat(answer.path("items")).hasSize(3);
        assertThat(answer.path("items").path(0).path("signals").path(0).asText())
                .isEqualTo("cooc");
        assertThat(answer.path("degradations")).isEmpty();
        assertThat(on("recommend", "--user", "u1", "--json")).isZero();
        assertThat(document().path("items"))
                .as("all nine items, of the 20 asked for")
                .hasSize(9);
    }

    @Test
    void shippingTheSameBuildAgainIsDoneAndSaysSo() {
        String build = build("one");
        ship(build, "first");

        assertThat(ship(build, "again", "--force", "--json")).isZero();

        assertThat(document().path("already_current").asBoolean()).isTrue();
        assertThat(on("history", "--json")).isZero();
        assertThat(document().path("revisions")).hasSize(1);
    }

    @Test
    void aGateRefusesWithThreeAndForceOverrides() throws IOException {
        ship(build("one"), "first");
        String empty = emptyBuild();

        assertThat(ship(empty, "nightly", "--json")).isEqualTo(ExitCode.REFUSED);
        assertThat(document().path("error").path("kind").asText()).isEqualTo("refused");
        assertThat(errors()).contains("[empty]");
        assertThat(ship(empty, "in a hurry", "--force")).isZero();
        assertThat(on("recommend", "--user", "u1", "--json")).isZero();
        assertThat(document().path("items")).isEmpty();
        assertThat(document().path("degradations").findValuesAsText("kind")).contains("signal_missing", "fewer_than_k");
    }

    @Test
    void aHoldRefusesWithThreeUntilItIsLifted() {
        ship(build("one"), "first");
        assertThat(on("hold", "--reason", "sale")).isZero();

        assertThat(ship(build("two", "--similarity", "cosine"), "nightly", "--force"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(errors()).contains("sale").contains("unhold");
        assertThat(on("status", "--json")).isZero();
        assertThat(document().path("hold").path("reason").asText()).isEqualTo("sale");
        assertThat(on("unhold", "--reason", "over")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ships to acme/home are allowed again", "Release 1 is still current", "recsys ship");
        assertThat(ship(directory.resolve("two").toString(), "nightly")).isZero();
    }

    @Test
    void aMissingStoreIsSixAndAMissingSurfaceIsTwo() {
        assertThat(on("history")).isEqualTo(ExitCode.STORE_UNAVAILABLE);
        ship(build("one"), "first");

        assertThat(run("history", "--store", storeUri(), "--tenant", "acme", "--surface", "other"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("acme/other").contains("does not exist");
        assertThat(run("recommend", "--store", storeUri(), "--tenant", "acme", "--surface", "other", "--user", "u"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void unholdSaysThatThereWasNoHoldAndThatAQuarantineStays() {
        ship(build("one"), "first");
        assertThat(on("unhold", "--reason", "to be sure")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("There was no hold on acme/home");
        ship(build("two", "--similarity", "cosine"), "second");
        assertThat(on("rollback", "--reason", "worse")).isZero();

        assertThat(on("unhold", "--reason", "mended")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Release 1 is still current", "stays in quarantine");
    }

    @Test
    void aVanishedPointerIsSevenForRecommendToo() throws IOException {
        ship(build("one"), "first");
        ship(build("two", "--similarity", "cosine"), "second");
        deleteTree(directory.resolve("store/acme/home/current"));

        assertThat(on("recommend", "--user", "u1", "--json")).isEqualTo(ExitCode.DAMAGE);

        assertThat(document().path("error").path("kind").asText()).isEqualTo("damaged");
        assertThat(errors()).contains("vanished").contains("new-epoch");
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void recommendWarnsThatNoCopyCouldBeKeptAndAnswersAllTheSame() throws IOException {
        ship(build("one"), "first");
        Path file = Files.writeString(directory.resolve("file"), "in the way");

        assertThat(on("recommend", "--user", "u1", "--local", file.toString())).isZero();
        assertThat(errors()).contains("warning: no local copy of").contains("can be kept: FileAlreadyExistsException");
        Path copies = directory.resolve("copies");
        assertThat(on("recommend", "--user", "u1", "--local", copies.toString()))
                .isZero();
        assertThat(errors()).doesNotContain("warning");
        assertThat(copies).isDirectory();
    }

    @Test
    void localCopiesAreNotKeptInTheStoreItself() throws IOException {
        ship(build("one"), "first");
        Path store = directory.resolve("store");
        Path link = Files.createSymbolicLink(directory.resolve("link"), store);

        for (Path inside : List.of(store, store.resolve("copies/new"), link.resolve("copies"))) {
            assertThat(on("recommend", "--user", "u1", "--local", inside.toString()))
                    .as(inside.toString())
                    .isEqualTo(ExitCode.USAGE);
            assertThat(errors()).contains("--local " + inside).contains("lies in the folder of the store");
        }
        assertThat(store.resolve("copies")).doesNotExist();
        assertThat(on("recommend", "--user", "u1", "--local", store + "-copies"))
                .isZero();
    }

    @Test
    void anUnknownOutcomePrintsACommandThatCanBePasted() {
        CommandLine commandLine = new CommandLine(new Main(terminal()));
        ParseResult parsed = commandLine
                .parseArgs(
                        "hold",
                        "--store",
                        "s3://b/p?region=r&endpoint=http://h",
                        "--tenant",
                        "a",
                        "--surface",
                        "b",
                        "--reason",
                        "r",
                        "--by",
                        "O'Neil",
                        "--trust",
                        "one.pem",
                        "--trust",
                        "two.pem")
                .subcommand();

        assertThat(unknown(parsed, false)).isEqualTo(ExitCode.UNKNOWN);
        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("recsys1.abc");
        String advice = "./recsys resume --store 's3://b/p?region=r&endpoint=http://h' --by 'O'\\''Neil'"
                + " --trust 'one.pem' --trust 'two.pem' --handle 'recsys1.abc'";
        assertThat(errors()).contains("nobody knows", "  " + advice);

        assertThat(unknown(parsed, true)).isEqualTo(ExitCode.UNKNOWN);
        assertThat(document().path("error").path("handle").asText()).isEqualTo("recsys1.abc");
        assertThat(errors()).contains(advice);
    }

    @Test
    void theAdviceOfAPromotionNamesTheStoreThatItWentTo() {
        ParseResult parsed = new CommandLine(new Main(terminal()))
                .parseArgs(
                        "promote",
                        "--from",
                        "here",
                        "--to",
                        "there",
                        "--tenant",
                        "a",
                        "--surface",
                        "b",
                        "--reason",
                        "r")
                .subcommand();

        assertThat(new ResumeAdvice(parsed).line("recsys1.abc"))
                .isEqualTo("./recsys resume --store 'there' --handle 'recsys1.abc'");
    }

    private int unknown(ParseResult parsed, boolean json) {
        out.reset();
        err.reset();
        return Failures.report(
                new OutcomeUnknownException("nobody knows", "recsys1.abc", null),
                terminal(),
                json,
                new ResumeAdvice(parsed));
    }

    @Test
    void aFlippedByteIsSevenAndIsNeverServed() throws IOException {
        ship(build("one"), "first");
        for (Path artifact : artifacts()) {
            byte[] whole = Files.readAllBytes(artifact);
            for (int at : new int[] {0, 20, 200, whole.length / 2, whole.length - 1}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 1;
                Files.write(artifact, flipped);
                assertThat(on("verify", "--json")).as("%s at %d", artifact, at).isEqualTo(ExitCode.DAMAGE);
                assertThat(document().path("damages")).hasSize(1);
                assertThat(on("recommend", "--user", "u1")).isEqualTo(ExitCode.DAMAGE);
                assertThat(out.size()).isZero();
            }
            Files.write(artifact, whole);
            assertThat(on("verify")).isZero();
        }
    }

    @Test
    void shippingTheSameBuildAgainMendsADamagedRelease() throws IOException {
        String build = build("one");
        ship(build, "first");
        Files.delete(artifacts().get(0));

        assertThat(ship(build, "mend")).isZero();

        assertThat(on("recommend", "--user", "u1")).isZero();
        assertThat(on("verify")).as("release 1 is still damaged").isEqualTo(ExitCode.DAMAGE);
    }

    private List<Path> artifacts() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
            return files.filter(file -> file.toString().endsWith(".rst"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aPointerEditedByHandIsSeven() throws IOException {
        ship(build("one"), "first");
        Path slot;
        try (Stream<Path> files = Files.list(directory.resolve("store/acme/home/current"))) {
            slot = files.sorted().findFirst().orElseThrow();
        }
        String text = Files.readString(slot);
        Files.writeString(slot, text.replace("\"payload\":\"e", "\"payload\":\"f"));

        assertThat(on("history")).isEqualTo(ExitCode.DAMAGE);
        assertThat(ship(build("two", "--similarity", "cosine"), "over it")).isEqualTo(ExitCode.DAMAGE);
    }

    @Test
    void tooManyMalformedLinesAreTwoAndBuildNothing() throws IOException {
        Files.writeString(events, Files.readString(events) + "no json\n".repeat(30));

        assertThat(buildInto(directory.resolve("x"))).isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("events.jsonl").contains("30");
        assertThat(ship(directory.resolve("x").toString(), "nothing there")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aWorkFolderThatIsNoneIsTwo() throws IOException {
        Path file = Files.writeString(directory.resolve("work"), "no folder");
        for (Path work : List.of(file, directory.resolve("none"))) {
            assertThat(buildInto(directory.resolve("x"), "--work", work.toString()))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(errors()).contains("work folder " + work).contains("name another one");
        }
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void aHeapThatIsTooSmallIsTwo() throws Exception {
        StringBuilder manyItems = new StringBuilder("ts,item\n");
        for (int item = 0; item < 60_000; item++) {
            manyItems.append("5,item-").append(item).append('\n');
        }
        Path file = Files.writeString(directory.resolve("many.csv"), manyItems);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "build",
                        "--events",
                        file.toString(),
                        "--tenant",
                        "acme",
                        "--surface",
                        "home",
                        "--out",
                        directory.resolve("x").toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isEqualTo(ExitCode.USAGE);
        assertThat(printed).contains("the heap has room for").contains("-Xmx");
    }

    @Test
    void badNamesAndNumbersAreTwo() {
        String build = build("one");
        for (String tenant : List.of(" ", "../x", "a/b", "a\u0001", "m\u00fcnchen", "\u0430cme", "x".repeat(65))) {
            assertThat(run(
                            "ship",
                            "--store",
                            storeUri(),
                            "--tenant",
                            tenant,
                            "--surface",
                            "home",
                            "--artifacts",
                            build,
                            "--reason",
                            "r"))
                    .as(tenant)
                    .isEqualTo(ExitCode.USAGE);
            assertThat(errors()).contains("tenant");
        }
        ship(build, "first");
        for (String k : List.of("0", "-1", "1001", "x")) {
            assertThat(on("recommend", "--user", "u", "--k", k)).as(k).isEqualTo(ExitCode.USAGE);
        }
        assertThat(run(
                        "build",
                        "--events",
                        events.toString(),
                        "--tenant",
                        "a",
                        "--surface",
                        "b",
                        "--out",
                        build,
                        "--weight",
                        "view=NaN"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("view").contains("NaN");
    }

    @Test
    void usageErrorsAreTwoAndOneDocument() {
        assertThat(run("ship", "--json")).isEqualTo(ExitCode.USAGE);
        assertThat(document().path("error").path("kind").asText()).isEqualTo("usage");
        assertThat(run("shop")).isEqualTo(ExitCode.USAGE);
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(run("help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("rollback").contains("conflict");
        assertThat(run("help", "ship")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--artifacts");
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("rollback").contains("conflict");
    }

    @Test
    void anUnknownStoreIsTwoAndSaysWhatIsKnown() {
        assertThat(run("status", "--store", "ftp://x/y", "--tenant", "a", "--surface", "b"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("file:///path");
    }

    @Test
    void evaluatePrintsItsFigures() {
        assertThat(run(
                        "evaluate",
                        "--protocol",
                        "basket",
                        "--split",
                        "2026-01-15T00:00:00Z",
                        "--events",
                        events.toString(),
                        "--signals",
                        "cooc",
                        "--similarity",
                        "jaccard",
                        "--json"))
                .isZero();

        JsonNode report = document();
        assertThat(report.path("protocol").asText()).isEqualTo("basket");
        assertThat(report.path("train_events").asLong()).isEqualTo(84);
        assertThat(report.path("cases").asLong()).isEqualTo(36);
        assertThat(report.path("metrics").path("hit_rate@10").asDouble()).isBetween(0.5, 1.0);
        assertThat(report.path("metrics").fieldNames()).toIterable().contains("recall@20", "ndcg@10");
    }

    @Test
    void evaluateMeasuresAGivenSplitOfLists() throws IOException {
        assertThat(evaluateLists("--model", "cosine", "--param", "shrinkage=0"))
                .as(errors())
                .isZero();

        JsonNode report = document();
        assertThat(report.path("users").asLong()).isEqualTo(2);
        assertThat(report.path("targets").asLong()).isEqualTo(3);
        assertThat(report.path("unknown_targets").asLong()).isEqualTo(1);
        assertThat(report.path("name").asText()).isEqualTo("cosine");
        assertThat(report.path("metrics").path("recall@1").asDouble()).isEqualTo(0.75);
        assertThat(report.path("definitions").path("ndcg").asText()).contains("log2");
        assertThat(evaluateLists("--model", "bm25", "--param", "k1=1.5"))
                .as(errors())
                .isZero();
        assertThat(document().path("name").asText()).isEqualTo("bm25-cosine");
    }

    private int evaluateLists(String... options) throws IOException {
        Path train = Files.writeString(directory.resolve("train.txt"), "0 a b\n1 a b c\n2 a\n");
        Path test = Files.writeString(directory.resolve("test.txt"), "2 b\n0 c unknown\n");
        List<String> args = new ArrayList<>(List.of("evaluate", "--protocol", "ranking", "--format", "lists"));
        args.addAll(List.of("--train", train.toString(), "--test", test.toString(), "--k", "1,5", "--json"));
        args.addAll(List.of(options));
        return run(args.toArray(String[]::new));
    }

    @Test
    void evaluateRefusesWhatItDoesNotKnowWithWhatThereIs() {
        String file = events.toString();

        assertThat(run("evaluate", "--events", file, "--protocol", "basket")).isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("needs a split");
        assertThat(run("evaluate", "--events", file, "--protocol", "hindsight")).isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("next-period");
        assertThat(run("evaluate", "--events", file, "--split", "80%", "--model", "rp3beta", "--param", "gamma=1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("gamma").contains("alpha");
        assertThat(run("evaluate", "--split", "80%")).isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("--train");
    }

    @Test
    void evaluateComparesEverySignalInARowOfItsOwn() {
        assertThat(run("evaluate", "--events", events.toString(), "--split", "50%", "--compare"))
                .as(errors())
                .isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("SIGNAL")
                .contains("blend")
                .contains("session_seq")
                .contains("NDCG@10");
    }

    @Test
    void buildSelectSaysWhyItChoseOrDidNot() {
        build("chosen", "--select");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("cooc: ");
        assertThat(run(
                        "build",
                        "--select",
                        "--similarity",
                        "llr",
                        "--events",
                        events.toString(),
                        "--tenant",
                        "acme",
                        "--surface",
                        "home",
                        "--out",
                        directory.resolve("refused").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("--similarity");
    }

    @Test
    void anArtifactExportsAsJson() throws IOException {
        String build = build("one");

        assertThat(run("export", build + "/popularity.rst")).isZero();

        JsonNode table = json.readTree(out.toByteArray());
        assertThat(table.path("type").asText()).isEqualTo("popularity");
        assertThat(table.path("rows").path(0).path("entries")).hasSize(9);
    }

    @Test
    void aDiffComparesWithTheReleaseBefore() {
        ship(build("one"), "first");
        ship(build("two", "--similarity", "cosine"), "second");

        assertThat(on("diff", "--json")).isZero();

        assertThat(document().path("from").asLong()).isEqualTo(1);
        assertThat(document().path("changes").findValuesAsText("kind")).containsExactly("changed", "same");
    }

    @Test
    void aHostsOwnTablesShipLikeAnyOther() throws IOException {
        Path own = directory.resolve("own");
        try (BuildWriter build = BuildWriter.into(own, new Scope("acme", "home"), "default")) {
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", List.of(new ScoredItem("z", 2), new ScoredItem("a", 2)));
                table.finish();
            }
            Instant now = Instant.parse("2026-02-01T00:00:00Z");
            build.finish(new Window(now, now), now, Map.of());
        }
        assertThat(ship(own.toString(), "our own figures")).isZero();

        assertThat(on("recommend", "--user", "u", "--json")).isZero();
        assertThat(document().path("items").findValuesAsText("item_id")).containsExactly("a", "z");
    }

    @Test
    void theDemoRunsItsStoryToTheEnd() {
        assertThat(run("demo", "--dir", directory.resolve("demo").toString(), "--json"))
                .as(errors())
                .isZero();

        assertThat(document().path("restored").asBoolean()).isTrue();
        assertThat(document().path("empty_answers").asLong()).isEqualTo(2);
        assertThat(errors()).contains("ALARM").contains("[empty]");
    }

    @Test
    void theDemoTakesTheReadersOwnEvents() {
        assertThat(run("demo", "--dir", directory.resolve("demo").toString(), "--events", events.toString(), "--json"))
                .as(errors())
                .isZero();
        assertThat(document().path("restored").asBoolean()).isTrue();
    }
}
