package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import dev.recsys.controls.OutcomeDocument;
import dev.recsys.log.PseudonymKeys;
import dev.recsys.log.Redaction;
import dev.recsys.postgres.PostgresDatabase;
import dev.recsys.postgres.PostgresEventSink;
import dev.recsys.testserver.postgres.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that work on a database, over a real one, as an operator uses them. */
class DatabaseCommandsTest {
    private static PostgresServer server;
    private static int databases;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private String url;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createTenant() {
        url = server.createDatabase("shop" + ++databases);
        assertThat(on("db", "migrate")).isZero();
        assertThat(on("tenant", "create", "acme", "--reason", "a new customer")).isZero();
    }

    private int on(String... command) {
        out.reset();
        err.reset();
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("--database", url, "--database-user", PostgresServer.SUPERUSER));
        return Main.run(
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false),
                args.toArray(String[]::new));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json(String... command) throws IOException {
        List<String> args = new ArrayList<>(List.of(command));
        args.add("--json");
        assertThat(on(args.toArray(String[]::new)))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        return new ObjectMapper().readTree(text());
    }

    private String write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @Test
    void aConfigurationIsReplacedBroughtBackAndTakenAway() throws IOException {
        String before =
                json("config", "get", "--tenant", "acme").path("version").textValue();
        String file = write("config.json", "{\"k\": 7}");
        assertThat(on("config", "put", file, "--tenant", "acme", "--if-match", before, "--reason", "shorter lists"))
                .isZero();
        JsonNode seven = json("config", "get", "--tenant", "acme", "--surface", "home");
        assertThat(seven.path("document").path("k").intValue()).isEqualTo(7);
        String nine = write("nine.json", "{\"k\": 9}");
        String version = seven.path("version").textValue();
        assertThat(on("config", "put", nine, "--tenant", "acme", "--if-match", version, "--reason", "longer"))
                .isZero();
        JsonNode history = json("config", "history", "--tenant", "acme").path("revisions");
        assertThat(history).hasSize(2);
        String newest = history.path(0).path("version").textValue();
        JsonNode changes = json("config", "diff", "--tenant", "acme", "--from", version, "--to", newest)
                .path("changes");
        assertThat(changes).hasSize(1);
        assertThat(changes.path(0).toString()).isEqualTo("{\"path\":\"k\",\"from\":7,\"to\":9}");
        JsonNode back = json(
                "config", "rollback", "--tenant", "acme", "--to", "1", "--if-match", newest, "--reason", "too long");
        assertThat(back.path("version").textValue()).isEqualTo(version);
        assertThat(on("config", "clear", "--tenant", "acme", "--if-match", version, "--reason", "as all"))
                .isZero();
        assertThat(json("config", "get", "--tenant", "acme").path("version").textValue())
                .isEqualTo(before);
        assertThat(json("audit", "--tenant", "acme").path("entries"))
                .extracting(entry -> entry.path("kind").textValue() + " "
                        + entry.path("action").textValue())
                .containsExactly("config clear", "config rollback", "config put", "config put", "tenant create");
    }

    @Test
    void whoReplacesWhatIsNoLongerInForceIsToldWhoWasFirst() throws IOException {
        String before =
                json("config", "get", "--tenant", "acme").path("version").textValue();
        String file = write("config.json", "{\"k\": 7}");
        String[] put = {"config", "put", file, "--tenant", "acme", "--if-match", before, "--reason", "x", "--by", "ann"
        };
        assertThat(on(put)).isZero();
        Files.writeString(Path.of(file), "{\"k\": 8}");
        assertThat(on(put)).isEqualTo(ExitCode.CONFLICT);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("put in force by ann")
                .contains("Nothing changed");
    }

    @Test
    void aDocumentThatIsWrongIsRefusedByThePathOfWhatIsWrong() throws IOException {
        String file = write(
                "rules.json",
                "{\"rules\": [{\"id\": \"a\", \"action\": \"pin\", \"attribute\": \"item\", \"value\": \"x\","
                        + " \"position\": 1, \"colour\": \"red\"}, {\"id\": \"b\", \"action\": \"pin\","
                        + " \"attribute\": \"item\", \"value\": \"y\", \"position\": 1}]}");
        String before = json("rules", "get", "--tenant", "acme").path("version").textValue();
        assertThat(on("rules", "put", file, "--tenant", "acme", "--if-match", before, "--reason", "x"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("rules[0].colour");
        assertThat(json("rules", "history", "--tenant", "acme").path("revisions"))
                .isEmpty();
    }

    @Test
    void itemsAreImportedAsAWhole() throws IOException {
        String lines = IntStream.range(0, 5_000)
                .mapToObj(i -> "item-" + i + ",brand" + i % 7 + ",tea|green," + i + ".5")
                .collect(Collectors.joining("\n", "item_id,brand,categories,price\n", "\n"));
        String file = write("items.csv", lines);
        JsonNode first = json("tags", "import", "--items", file, "--tenant", "acme", "--reason", "nightly");
        assertThat(first.path("changed").intValue()).isEqualTo(5_000);
        JsonNode again = json("tags", "import", "--items", file, "--tenant", "acme", "--reason", "nightly");
        assertThat(again.path("changed").intValue()).isZero();
        assertThat(again.path("version")).isEqualTo(first.path("version"));
        String fewer = write("fewer.jsonl", "{\"item_id\": \"item-1\", \"brand\": \"other\"}\n");
        JsonNode replaced =
                json("tags", "import", "--items", fewer, "--tenant", "acme", "--replace", "--reason", "cleared");
        assertThat(replaced.path("items").intValue()).isEqualTo(1);
        assertThat(replaced.path("changed").intValue()).isEqualTo(5_000);
    }

    @Test
    void aTenantIsSuspendedAndServedFromElsewhere() throws IOException {
        assertThat(on("tenant", "suspend", "acme", "--reason", "has not paid")).isZero();
        JsonNode tenant = json("tenant", "serve", "acme", "--from", "tables", "--reason", "no store");
        assertThat(tenant.path("status").textValue()).isEqualTo("suspended");
        assertThat(json("tenant", "list")
                        .path("tenants")
                        .path(0)
                        .path("serving")
                        .textValue())
                .isEqualTo("tables");
        assertThat(on("tenant", "create", "acme", "--reason", "again")).isEqualTo(ExitCode.CONFLICT);
        assertThat(on("tenant", "suspend", "nobody", "--reason", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(on("tenant", "create", "a'; drop table recsys.tenant; --", "--reason", "x"))
                .isEqualTo(ExitCode.USAGE);
    }

    private int ship(String reason) throws IOException {
        Path events = directory.resolve("events.csv");
        Files.writeString(events, "ts,user,session,item\n2026-01-01T00:00:00Z,u,s,tea\n2026-01-01T00:01:00Z,u,s,pot\n");
        Path build = directory.resolve("build-" + reason);
        assertThat(Main.run(
                        new Terminal(System.out, System.err, false),
                        "build",
                        "--events",
                        events.toString(),
                        "--tenant",
                        "acme",
                        "--surface",
                        "home",
                        "--out",
                        build.toString()))
                .isZero();
        return on(
                "ship",
                "--store",
                directory.resolve("store").toString(),
                "--tenant",
                "acme",
                "--surface",
                "home",
                "--artifacts",
                build.toString(),
                "--reason",
                reason,
                "--create");
    }

    @Test
    void whatIsShippedIsAuditedAndNothingIsShippedForASuspendedTenant() throws IOException {
        assertThat(ship("first")).as(err.toString(StandardCharsets.UTF_8)).isZero();
        JsonNode newest = json("audit", "--tenant", "acme").path("entries").path(0);
        assertThat(newest.path("kind").textValue()).isEqualTo("release");
        assertThat(newest.path("action").textValue()).isEqualTo("ship");
        assertThat(newest.path("surface").textValue()).isEqualTo("home");
        assertThat(on("tenant", "suspend", "acme", "--reason", "has not paid")).isZero();
        assertThat(ship("second")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("[tenant]").contains("recsys tenant activate acme");
    }

    @Test
    void aListIsMadeByWhatTheDatabaseSays() throws IOException {
        assertThat(ship("first")).isZero();
        String version =
                json("config", "get", "--tenant", "acme").path("version").textValue();
        String file = write("config.json", "{\"k\": 1}");
        assertThat(on("config", "put", file, "--tenant", "acme", "--if-match", version, "--reason", "short"))
                .isZero();
        String store = directory.resolve("store").toString();
        JsonNode answer = json("recommend", "--store", store, "--tenant", "acme", "--surface", "home");
        assertThat(answer.path("items")).hasSize(1);
        assertThat(answer.path("degradations").toString()).doesNotContain("control");
        assertThat(on("tenant", "suspend", "acme", "--reason", "has not paid")).isZero();
        JsonNode none = json("recommend", "--store", store, "--tenant", "acme", "--surface", "home");
        assertThat(none.path("items")).isEmpty();
        assertThat(none.path("degradations").toString()).containsIgnoringCase("suspended");
    }

    @Test
    void aPersonIsForgottenAndWhatRemainsIsSaid() throws IOException {
        JsonNode forgotten = json("user", "forget", "u-1", "--tenant", "acme", "--reason", "asked for it");
        assertThat(forgotten.path("interactions").intValue()).isZero();
        assertThat(forgotten.path("remains")).isNotEmpty();
        assertThat(json("audit", "--tenant", "acme").toString())
                .contains("forget")
                .doesNotContain("u-1");
    }

    @Test
    void aLogIsExportedAsAFileHasItAndForgottenUnderAllNames() throws Exception {
        PseudonymKeys keys = PseudonymKeys.of("k1", new byte[32]);
        Outcome bought =
                new Outcome(new Scope("acme", "home"), "u-1", "mug", "purchase", Instant.parse("2026-11-01T00:00:00Z"));
        try (PostgresDatabase database = PostgresDatabase.open(url, PostgresServer.SUPERUSER, "");
                PostgresEventSink sink = PostgresEventSink.builder(database, Redaction.pseudonyms(() -> keys))
                        .clock(() -> bought.at())
                        .open()) {
            assertThat(sink.record(bought)).isTrue();
            assertThat(sink.flush(Duration.ofMinutes(1))).isTrue();
        }
        String[] export = {
            "log",
            "export",
            "--kind",
            "outcomes",
            "--tenant",
            "acme",
            "--from",
            "2026-11-01T00:00:00Z",
            "--until",
            "2026-12-01T00:00:00Z"
        };
        assertThat(on(export)).isZero();
        assertThat(text()).isEqualTo(OutcomeDocument.write(bought.withUser(keys.pseudonym("acme", "u-1"))) + "\n");

        String file = write("keys", "k1 " + Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-------"));
        JsonNode forgotten =
                json("user", "forget", "u-1", "--tenant", "acme", "--keys", file, "--reason", "asked for it");

        assertThat(forgotten.path("logged").intValue()).isEqualTo(1);
        assertThat(on(export)).isZero();
        assertThat(text()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Tenant acme has no outcomes from 2026-11-01T00:00:00Z");
    }

    @Test
    void anInvalidationSaysWhoAppliedIt() throws IOException {
        JsonNode invalidation = json("invalidate", "--tenant", "acme", "--wait", "0", "--reason", "looks odd");
        assertThat(invalidation.path("invalidation").longValue()).isPositive();
        assertThat(invalidation.path("applied")).isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayIsNoBug() {
        url = "jdbc:postgresql://127.0.0.1:1/none";
        assertThat(on("tenant", "list")).isEqualTo(ExitCode.STORE_UNAVAILABLE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Nothing changed");
    }
}
