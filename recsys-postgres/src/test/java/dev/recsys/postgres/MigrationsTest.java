package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.RecsysException;
import dev.recsys.StoreDeniedException;
import dev.recsys.testserver.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static PostgresDatabase open(String url) {
        return PostgresDatabase.open(url, PostgresServer.SUPERUSER, "");
    }

    @Test
    void ofManyWhoMigrateAtOnceOneDoesEachStep() throws Exception {
        String url = TestServer.emptyDatabase();
        int processes = 6;
        CyclicBarrier together = new CyclicBarrier(processes);
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        try {
            List<Future<Integer>> steps = new ArrayList<>();
            for (int i = 0; i < processes; i++) {
                steps.add(threads.submit(() -> {
                    try (PostgresDatabase database = open(url)) {
                        together.await();
                        return database.migrate();
                    }
                }));
            }
            List<Integer> done = new ArrayList<>();
            for (Future<Integer> step : steps) {
                done.add(step.get(60, TimeUnit.SECONDS));
            }
            int all = done.stream().mapToInt(Integer::intValue).sum();
            assertThat(all).isPositive();
            try (PostgresDatabase database = open(TestServer.emptyDatabase())) {
                assertThat(database.migrate()).isEqualTo(all);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @RepeatedTest(3)
    void whatWasInterruptedIsFinishedByTheNext() throws Exception {
        String url = TestServer.emptyDatabase();
        String name = url.substring(url.lastIndexOf('/') + 1);
        Thread interrupting = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                TestServer.server()
                        .execute(
                                "postgres",
                                List.of("select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                                        + name + "'"));
            }
        });
        try (PostgresDatabase database = open(url)) {
            interrupting.start();
            assertThatThrownBy(database::migrate).isInstanceOf(RecsysException.class);
            interrupting.interrupt();
            interrupting.join();
            database.migrate();
            database.requireCurrent();
            database.editor("tester").tenants().create("acme", "a test");
        }
    }

    @Test
    void tablesOfANewerLibraryAreLeftAlone() {
        String url = TestServer.newDatabase();
        String name = url.substring(url.lastIndexOf('/') + 1);
        TestServer.server()
                .execute(
                        name,
                        List.of("insert into recsys.flyway_schema_history (installed_rank, version, description, type,"
                                + " script, installed_by, execution_time, success)"
                                + " values (900, '900', 'later', 'SQL', 'V900__later.sql', 'x', 1, true)"));
        try (PostgresDatabase database = open(url)) {
            assertThatThrownBy(database::migrate)
                    .isInstanceOf(NewerFormatException.class)
                    .hasMessageContaining("version 900")
                    .hasMessageContaining("Use a newer version of recsys");
            assertThatThrownBy(database::requireCurrent).isInstanceOf(NewerFormatException.class);
        }
    }

    @Test
    void withoutTablesEverythingSaysWhatToDo() {
        try (PostgresDatabase database = open(TestServer.emptyDatabase())) {
            assertThatThrownBy(database::requireCurrent)
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("recsys db migrate");
            assertThatThrownBy(() -> database.editor("tester").tenants().list())
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("recsys db migrate");
        }
    }

    @Test
    void whoServesMayLookWhetherTheTablesAreCurrentAndMayNotChangeThem() {
        try (PostgresDatabase database = TestServer.newDatabaseOpened()) {
            database.requireCurrent();
            assertThat(database.migrate()).isZero();
        }
    }

    @Test
    void whoDoesNotOwnTheTablesGrantsNothingAndIsToldSo() {
        try (PostgresDatabase database = TestServer.newDatabaseOpened()) {
            assertThatThrownBy(() -> database.migrate("pg_monitor"))
                    .isInstanceOf(StoreDeniedException.class)
                    .hasMessageContaining("was granted nothing");
        }
    }

    @Test
    void aRoleThatIsNotThereIsNamed() {
        try (PostgresDatabase database = open(TestServer.newDatabase())) {
            assertThatThrownBy(() -> database.migrate("nobody_knows"))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("nobody_knows");
        }
    }

    @Test
    void aUserWhomTheServerDoesNotLetInIsToldSo() {
        try (PostgresDatabase database = PostgresDatabase.open(TestServer.newDatabase(), "nobody_knows", "")) {
            assertThatThrownBy(database::requireCurrent)
                    .isInstanceOf(StoreDeniedException.class)
                    .hasMessageContaining("did not let the user in");
        }
    }
}
