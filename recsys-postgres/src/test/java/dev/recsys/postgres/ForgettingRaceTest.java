package dev.recsys.postgres;

import static dev.recsys.postgres.HistoryShop.PATIENCE;
import static dev.recsys.postgres.HistoryShop.flush;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.testserver.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One transaction writes and another forgets, and the later of them has to wait for the other: step by step. */
class ForgettingRaceTest {
    private final HistoryShop shop = new HistoryShop();
    private Connection first;

    @BeforeEach
    void begin() throws Exception {
        PostgresUserHistory history = shop.open();
        history.record(shop.click("bob", "tea"));
        flush(history); // makes the month
        first = DriverManager.getConnection(shop.url, PostgresServer.SUPERUSER, "");
        first.setAutoCommit(false);
        run("set recsys.tenant = 'acme'");
    }

    @AfterEach
    void close() throws Exception {
        first.close();
        shop.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = first.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits until it is over or waits for a lock, which is what it shall do. */
    private void awaitWaiting(CompletableFuture<?> second) throws SQLException {
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!second.isDone()
                && shop.see("select 1 from pg_locks l join pg_database d on d.oid = l.database"
                                + " where datname = current_database() and locktype = 'advisory' and not granted")
                        .isEmpty()) {
            assertThat(System.nanoTime()).as("nobody waited").isLessThan(endNanos);
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    @Test
    void whatIsWrittenButNotCommittedWhenAPersonIsForgottenIsRemovedToo() throws Exception {
        PostgresUserHistory history = shop.open();
        run(
                "insert into recsys.interaction values ('acme', 'home', 'ann', 'tea', 'click', now() - interval '1 minute')");

        CompletableFuture<Forgotten> forgetting =
                CompletableFuture.supplyAsync(() -> history.forget("acme", "ann", "support", "ticket 17"));
        awaitWaiting(forgetting);
        first.commit();

        assertThat(forgetting.join().interactions()).isEqualTo(1);
        assertThat(shop.itemsOf("ann")).isEmpty();
        assertThat(shop.itemsOf("bob")).containsExactly("tea");
    }

    @Test
    void whatIsWrittenWhileAPersonIsBeingForgottenWaitsAndIsRefused() throws Exception {
        PostgresUserHistory history = shop.open();
        run("select pg_advisory_xact_lock(recsys.history_lock('acme'))");
        run(
                "insert into recsys.history_forgotten"
                        + " values ('acme', recsys.person('acme', 'ann'), now() + interval '1 hour', now() + interval '1 day')");

        history.record(shop.click("ann", "tea"));
        CompletableFuture<Boolean> writing = CompletableFuture.supplyAsync(() -> flushed(history));
        awaitWaiting(writing);
        first.commit();

        assertThat(writing.join()).isTrue();
        assertThat(shop.itemsOf("ann")).isEmpty();
        assertThat(history.stats().forgotten()).isEqualTo(1);
    }

    private static boolean flushed(PostgresUserHistory history) {
        try {
            return history.flush(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
