package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.control.ItemAttribute;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.controls.Place;
import dev.recsys.testserver.postgres.PostgresServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What one process changes, another sees. */
class FleetTest {
    private static final Place ACME = Place.of("acme");
    private static final String REASON = "a test";
    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A process that follows a database. */
    private static final class Other implements AutoCloseable {
        private final Process process;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        private Other(String url, Duration interval, String user) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-Xmx128m",
                            FleetMain.class.getName(),
                            url,
                            Long.toString(interval.toMillis()),
                            user)
                    .redirectError(new File("target", "fleet-errors.txt"))
                    .start();
            Thread reading = new Thread(this::read, "fleet-output");
            reading.setDaemon(true);
            reading.start();
        }

        private Other started() throws InterruptedException {
            sees(DocumentKind.RULES.forAll().version());
            return this;
        }

        private void read() {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("failed: " + e);
            }
        }

        /** Waits until a version is in force there, and returns when that was. */
        private Instant sees(String version) throws InterruptedException {
            while (true) {
                String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(line).as("version " + version + " was not seen").isNotNull();
                if (line != null && line.startsWith(version)) {
                    return Instant.parse(line.substring(version.length() + 1));
                }
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static String create(String url, String user) {
        try (PostgresDatabase database = PostgresDatabase.open(url, user, "")) {
            database.editor("tester").tenants().create("acme", REASON);
        }
        return url;
    }

    private static String putRule(PostgresDatabase database, int number) {
        DocumentEditor<RuleSet> rules = database.editor("ann").rules();
        RuleSet set = new RuleSet(List.of(Rule.block("rule", ItemAttribute.ITEM, "item-" + number)));
        return rules.put(ACME, set, rules.inForce(ACME).version(), REASON);
    }

    private static List<Long> millisUntilSeen(PostgresDatabase database, Other other, int changes)
            throws InterruptedException {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            Instant start = Instant.now();
            String version = putRule(database, i);
            millis.add(Duration.between(start, other.sees(version)).toMillis());
        }
        Collections.sort(millis);
        return millis;
    }

    private static void print(String what, List<Long> sorted) {
        System.out.println(what + ": " + sorted.size() + " changes of rules, seen by another process after p50 "
                + sorted.get(sorted.size() / 2) + " ms, p99 " + sorted.get((sorted.size() - 1) * 99 / 100)
                + " ms, at most " + sorted.get(sorted.size() - 1) + " ms");
    }

    @Test
    void aChangeIsSeenByAnotherProcessThroughItsNotification() throws Exception {
        String url = create(TestServer.newDatabase(), TestServer.SERVING_ROLE);
        try (PostgresDatabase database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "");
                Other other = new Other(url, LONG, TestServer.SERVING_ROLE).started()) {
            print("notified", millisUntilSeen(database, other, Integer.getInteger("recsys.postgres.changes", 200)));
        }
    }

    @Test
    void aChangeWhoseNotificationIsLostIsSeenWhenTheIntervalIsOver() throws Exception {
        String url = create(TestServer.newDatabase(), TestServer.SERVING_ROLE);
        String name = url.substring(url.lastIndexOf('/') + 1);
        Duration interval = Duration.ofSeconds(1);
        try (Wire wire = new Wire(TestServer.server().port());
                PostgresDatabase database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "");
                Other other = new Other(wire.url(name), interval, TestServer.SERVING_ROLE).started()) {
            wire.loseNotifications();
            print("not notified, interval " + interval.toMillis() + " ms", millisUntilSeen(database, other, 5));
        }
    }

    @Test
    void aProcessThatLostItsConnectionsCatchesUp() throws Exception {
        String url = create(TestServer.newDatabase(), TestServer.SERVING_ROLE);
        String name = url.substring(url.lastIndexOf('/') + 1);
        try (Wire wire = new Wire(TestServer.server().port());
                PostgresDatabase database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "");
                Other other = new Other(wire.url(name), LONG, TestServer.SERVING_ROLE).started()) {
            other.sees(putRule(database, 1));
            wire.cut();
            String missed = putRule(database, 2);
            wire.mend();
            other.sees(missed);
            other.sees(putRule(database, 3));
        }
    }

    @Test
    void aProcessSeesWhatChangesOnceTheServerThatDiedRunsAgain() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            String url = server.createDatabase("shop");
            try (PostgresDatabase database = PostgresDatabase.open(url, PostgresServer.SUPERUSER, "")) {
                database.migrate();
            }
            create(url, PostgresServer.SUPERUSER);
            try (PostgresDatabase database = PostgresDatabase.open(url, PostgresServer.SUPERUSER, "");
                    Other other = new Other(url, LONG, PostgresServer.SUPERUSER).started()) {
                other.sees(putRule(database, 1));
                server.kill();
                server.restart();
                other.sees(putRule(database, 2));
            }
        }
    }

    @Test
    void whichProcessesAppliedAnInvalidationIsRecorded() throws Exception {
        String url = create(TestServer.newDatabase(), TestServer.SERVING_ROLE);
        try (PostgresDatabase database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "");
                Other other = new Other(url, LONG, TestServer.SERVING_ROLE).started()) {
            other.sees(putRule(database, 1));
            ControlEditor editor = database.editor("ann");
            long invalidation = editor.invalidate(ACME, "looks odd");
            long endNanos = System.nanoTime() + PATIENCE.toNanos();
            while (editor.applied(ACME, invalidation).isEmpty() && System.nanoTime() < endNanos) {
                Thread.onSpinWait();
            }
            assertThat(editor.applied(ACME, invalidation))
                    .extracting(Applied::instance)
                    .containsExactly("the other process");
            assertThat(editor.audit("acme", 1)).first().satisfies(entry -> {
                assertThat(entry.actor()).isEqualTo("ann");
                assertThat(entry.kind()).isEqualTo("invalidate");
                assertThat(entry.reason()).isEqualTo("looks odd");
            });
        }
    }
}
