package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recsys.Scope;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.TableBuild;
import dev.recsys.pipelines.tables.ModeComparison;
import dev.recsys.pipelines.tables.TableStore;
import dev.recsys.postgres.PostgresDatabase;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.testserver.postgres.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a database in place of a store, over a real one: the lists are those of artifacts. */
class TablesCommandsTest {
    private static final Scope HOME = new Scope("acme", "home");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DAYS = 4;
    private static final String SERVING_ROLE = "shop_app";

    private static PostgresServer server;
    private static int databases;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private String url;
    private String user;
    private Path events;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        server.execute("postgres", List.of("create role " + SERVING_ROLE + " login"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createTenant() throws IOException {
        url = server.createDatabase("shop" + ++databases);
        user = PostgresServer.SUPERUSER;
        assertThat(on("db", "migrate", "--grant-to", SERVING_ROLE)).isZero();
        user = SERVING_ROLE;
        assertThat(on("tenant", "create", "acme", "--reason", "a new customer")).isZero();
        events = Files.write(directory.resolve("events.csv"), lines());
    }

    /** Returns events whose sessions all end before midnight. */
    private static List<String> lines() {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>(List.of("ts,user,session,type,item,segment"));
        for (int i = 0; i < 4_000; i++) {
            int day = random.nextInt(DAYS);
            Instant at = START.plusSeconds(day * 86_400L + 3_600 + random.nextInt(70_000));
            int item = (int) Math.abs(random.nextGaussian() * 20);
            lines.add(String.join(
                    ",",
                    at.toString(),
                    "u" + random.nextInt(300),
                    "s" + day + "-" + random.nextInt(150),
                    random.nextInt(4) == 0 ? "purchase" : "view",
                    "item-" + item,
                    random.nextInt(3) == 0 ? "north" : ""));
        }
        return lines;
    }

    private int on(String... command) {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("--database", url, "--database-user", user));
        return alone(args.toArray(String[]::new));
    }

    private int alone(String... command) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return Main.run(terminal, command);
    }

    private JsonNode printed() throws IOException {
        return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    }

    private JsonNode json(String... command) throws IOException {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("--tenant", "acme", "--surface", "home", "--json"));
        assertThat(on(args.toArray(String[]::new))).as(errors()).isZero();
        return printed();
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private JsonNode fill(String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("tables", "fill", "--reason", "nightly"));
        args.addAll(List.of(more));
        return json(args.toArray(String[]::new));
    }

    private String all() {
        return events.toString();
    }

    @Test
    void whatIsServedFromTheDatabaseIsWhatArtifactsOfTheSameEventsServe() throws IOException {
        SignalBuild build = SignalBuild.of(HOME, List.of(events));
        try (PostgresDatabase database = PostgresDatabase.open(url, SERVING_ROLE, "")) {
            TableBuild tables = TableBuild.of(build, database.signalTables("job", "nightly"));
            assertThat(tables.fill().state().revision()).isEqualTo(1);

            ModeComparison comparison = tables.compare(200, 10, directory.resolve("compare"));

            assertThat(comparison.requests()).isGreaterThan(200);
            assertThat(comparison.isSame()).as(comparison.text()).isTrue();
            assertThat(comparison.maxScoreDifference()).isLessThan(1e-6);
            try (TableStore store = TableStore.over(database.signalTables("shop", "reads"), directory);
                    EmbeddedRecommender recommender =
                            EmbeddedRecommender.builder(store).build()) {
                recommender.invalidate("acme", "home").join();
                assertThat(recommender.recommend("acme", "home", "ann").items()).isNotEmpty();
            }
        }
    }

    @Test
    void aListIsTheSameFromTablesAsFromAStore() throws IOException {
        JsonNode filled = fill("--events", all());
        assertThat(filled.path("events_held").intValue()).isEqualTo(4_000);
        assertThat(filled.path("from").textValue()).isEqualTo("2026-01-01");
        assertThat(filled.path("until").textValue()).isEqualTo("2026-01-04");
        String store = directory.resolve("store").toString();
        String build = directory.resolve("build").toString();
        String[] where = {"--tenant", "acme", "--surface", "home"};
        assertThat(alone("build", "--events", all(), "--out", build, where[0], where[1], where[2], where[3]))
                .isZero();
        assertThat(on(
                        "ship",
                        "--store",
                        store,
                        "--artifacts",
                        build,
                        "--create",
                        "--reason",
                        "x",
                        where[0],
                        where[1],
                        where[2],
                        where[3]))
                .as(errors())
                .isZero();

        JsonNode fromTables = json("recommend", "--tables", "--recent", "item-3,item-5");
        JsonNode fromStore = json("recommend", "--store", store, "--recent", "item-3,item-5");

        assertThat(fromTables.path("items")).isNotEmpty();
        assertThat(fromTables.path("items").findValuesAsText("item_id"))
                .isEqualTo(fromStore.path("items").findValuesAsText("item_id"));
    }

    @Test
    void theLastDayIsPutWithoutTheOthersAndComparesAsEqual() throws IOException {
        JsonNode whole = fill("--events", all(), "--window", "3d", "--until", "2026-01-03");
        JsonNode next = fill("--events", all(), "--window", "4d", "--until", "2026-01-04", "--put", "1d");
        assertThat(next.path("revision").longValue())
                .isEqualTo(whole.path("revision").longValue() + 1);
        assertThat(next.path("from").textValue()).isEqualTo("2026-01-01");
        assertThat(next.path("events_held").intValue()).isEqualTo(4_000);

        JsonNode comparison = json("tables", "compare", "--events", all(), "--sample", "100", "--min-equal", "1");

        assertThat(comparison.path("equal_lists")).isEqualTo(comparison.path("requests"));
        assertThat(comparison.path("differing")).isEmpty();
        assertThat(on("audit", "--tenant", "acme", "--json")).isZero();
        assertThat(printed().path("entries").path(0).path("kind").textValue()).isEqualTo("signals");
    }

    @Test
    void tablesAreFilledFromDaysThatAreKept() throws IOException {
        String days = directory.resolve("days").toString();
        assertThat(alone("day", "--events", all(), "--days", days, "--tenant", "acme", "--surface", "home"))
                .isZero();
        JsonNode filled = fill("--days", days, "--window", "4d", "--similarity", "cosine", "--set", "cooc.steps=3");
        assertThat(filled.path("events_held").intValue()).isEqualTo(4_000);
        JsonNode comparison = json("tables", "compare", "--days", days, "--min-equal", "1");
        assertThat(comparison.path("until").textValue()).isEqualTo("2026-01-04");
    }

    @Test
    void listsThatDifferMoreThanIsWantedAreRefusedWithTheRequestsThatShowIt() throws IOException {
        fill("--events", all());
        List<String> others = new ArrayList<>(lines());
        others.removeIf(line -> line.contains("item-1,") || line.contains("s1-"));
        Files.write(events, others);

        assertThat(on(
                        "tables",
                        "compare",
                        "--events",
                        all(),
                        "--tenant",
                        "acme",
                        "--surface",
                        "home",
                        "--min-equal",
                        "0.99"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("--min-equal asks for 0.99")
                .contains("differs: ");
        json("tables", "compare", "--events", all());
    }

    @Test
    void whatCannotBeIsRefusedByName() throws IOException {
        String[] where = {"--tenant", "acme", "--surface", "home"};
        assertThat(on("recommend", "--tables", where[0], where[1], where[2], where[3]))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("never filled").contains("recsys tables fill");
        assertThat(on("recommend", where[0], where[1], where[2], where[3])).isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("--store is missing");
        assertThat(on("recommend", "--tables", "--store", "x", where[0], where[1], where[2], where[3]))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors()).contains("exclude each other");
        assertThat(refusedFill("--put", "1d", "--window", "4d")).contains("--until is missing");
        assertThat(refusedFill("--set", "implicit.beta=0.4")).contains("implicit.beta");
        assertThat(refusedFill("--similarity", "bm25-cosine")).contains("bm25-cosine");
    }

    private String refusedFill(String... more) {
        List<String> args = new ArrayList<>(
                List.of("tables", "fill", "--events", all(), "--tenant", "acme", "--surface", "home", "--reason", "x"));
        args.addAll(List.of(more));
        assertThat(on(args.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
        return errors();
    }
}
