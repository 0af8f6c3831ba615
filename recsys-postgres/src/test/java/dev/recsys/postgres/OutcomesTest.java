package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.ConflictException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RecsysException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.control.RankingConfig;
import dev.recsys.controls.Place;
import dev.recsys.postgres.Wire.Commit;
import dev.recsys.testserver.postgres.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A change is committed, or it is not, or its outcome is unknown; and what is said of it is so. */
class OutcomesTest {
    private static final Place ACME = Place.of("acme");
    private static final String REASON = "a test";

    private static RankingConfig config(int k) {
        return RankingConfig.DEFAULT.withK(k);
    }

    private static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static String create(String url) {
        try (PostgresDatabase database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "")) {
            database.editor("tester").tenants().create("acme", REASON);
        }
        return url;
    }

    private static int kInForce(String url) {
        try (PostgresDatabase database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "")) {
            return database.editor("reader").configs().inForce(ACME).value().k();
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundOutToBeCommitted() throws Exception {
        String url = create(TestServer.newDatabase());
        try (Wire wire = new Wire(TestServer.server().port());
                PostgresDatabase database = PostgresDatabase.open(wire.url(name(url)), TestServer.SERVING_ROLE, "")) {
            DocumentEditor<RankingConfig> configs = database.editor("ann").configs();
            String version = configs.inForce(ACME).version();
            wire.nextCommit(Commit.NOT_ANSWERED);
            configs.put(ACME, config(7), version, REASON);
            assertThat(kInForce(url)).isEqualTo(7);
            assertThat(configs.history(ACME, 10)).hasSize(1);
        }
    }

    @Test
    void aCommitThatDidNotReachTheServerIsFoundOutToBeNone() throws Exception {
        String url = create(TestServer.newDatabase());
        try (Wire wire = new Wire(TestServer.server().port());
                PostgresDatabase database = PostgresDatabase.open(wire.url(name(url)), TestServer.SERVING_ROLE, "")) {
            DocumentEditor<RankingConfig> configs = database.editor("ann").configs();
            String version = configs.inForce(ACME).version();
            wire.nextCommit(Commit.NOT_SENT);
            assertThatThrownBy(() -> configs.put(ACME, config(7), version, REASON))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("Nothing changed");
            assertThat(kInForce(url)).isEqualTo(RankingConfig.DEFAULT.k());
            configs.put(ACME, config(8), version, REASON);
            assertThat(kInForce(url)).isEqualTo(8);
        }
    }

    @Test
    void ofManyWhoReplaceOneVersionOneWinsAndTheOthersAreToldWho() throws Exception {
        String url = create(TestServer.newDatabase());
        int writers = 8;
        int rounds = 10;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try (PostgresDatabase database = PostgresDatabase.open(url, TestServer.SERVING_ROLE, "")) {
            for (int round = 0; round < rounds; round++) {
                String version =
                        database.editor("reader").configs().inForce(ACME).version();
                CyclicBarrier together = new CyclicBarrier(writers);
                List<Future<Optional<String>>> outcomes = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    String me = "writer-" + i;
                    RankingConfig mine = config(1 + round * writers + i);
                    outcomes.add(threads.submit(() -> {
                        together.await();
                        try {
                            database.editor(me).configs().put(ACME, mine, version, REASON);
                            return Optional.<String>empty();
                        } catch (ConflictException e) {
                            return Optional.of(String.valueOf(e.getMessage()));
                        }
                    }));
                }
                List<String> lost = new ArrayList<>();
                for (Future<Optional<String>> outcome : outcomes) {
                    outcome.get(60, TimeUnit.SECONDS).ifPresent(lost::add);
                }
                DocumentRevision winner =
                        database.editor("reader").configs().history(ACME, 1).get(0);
                assertThat(winner.revision()).isEqualTo(round + 1);
                assertThat(lost)
                        .hasSize(writers - 1)
                        .allSatisfy(message -> assertThat(message)
                                .contains("put in force by " + winner.actor())
                                .contains("Nothing changed"));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whateverTheServerDiesInTheMidstOfNothingThatWasAcknowledgedIsLost() throws Exception {
        int crashes = Integer.getInteger("recsys.postgres.crashes", 4);
        try (PostgresServer server = PostgresServer.start()) {
            String url = server.createDatabase("shop");
            try (PostgresDatabase database = PostgresDatabase.open(url, PostgresServer.SUPERUSER, "")) {
                database.migrate();
                database.editor("tester").tenants().create("acme", REASON);
            }
            Writers writers = new Writers(url);
            for (int i = 0; i < crashes; i++) {
                LockSupport.parkNanos(Duration.ofMillis(800 + 50L * i).toNanos());
                server.kill();
                server.restart();
            }
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            writers.end();
            try (PostgresDatabase database = PostgresDatabase.open(url, PostgresServer.SUPERUSER, "")) {
                Set<String> there = database.editor("reader").configs().history(ACME, 1_000_000).stream()
                        .map(DocumentRevision::reason)
                        .collect(Collectors.toSet());
                System.out.println("crashes " + crashes + ", committed " + writers.committed.size() + ", not committed "
                        + writers.notCommitted.size() + ", unknown " + writers.unknown.size());
                assertThat(writers.committed).hasSizeGreaterThan(crashes);
                assertThat(there).containsAll(writers.committed).noneMatch(writers.notCommitted::contains);
            }
        }
    }

    /** Puts one configuration after the other, and notes what it is told of each, by the reason that it gave. */
    private static final class Writers {
        private final Set<String> committed = new HashSet<>();
        private final Set<String> notCommitted = new HashSet<>();
        private final Set<String> unknown = new HashSet<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread;

        private Writers(String url) {
            thread = new Thread(() -> {
                try (PostgresDatabase database = PostgresDatabase.open(url, PostgresServer.SUPERUSER, "")) {
                    DocumentEditor<RankingConfig> configs =
                            database.editor("ann").configs();
                    for (int i = 1; !ended.get(); i++) {
                        write(configs, i);
                    }
                }
            });
            thread.start();
        }

        private void write(DocumentEditor<RankingConfig> configs, int i) {
            String reason = "change " + i;
            try {
                String version = configs.inForce(ACME).version();
                try {
                    configs.put(ACME, config(1 + i % 1_000), version, reason);
                    committed.add(reason);
                } catch (OutcomeUnknownException e) {
                    unknown.add(reason);
                } catch (RecsysException e) {
                    notCommitted.add(reason);
                }
            } catch (RecsysException e) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // away: nothing was written
            }
        }

        private void end() throws InterruptedException {
            ended.set(true);
            thread.join();
        }
    }
}
