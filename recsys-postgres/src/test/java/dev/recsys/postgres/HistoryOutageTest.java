package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreUnavailableException;
import dev.recsys.testserver.postgres.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server of its own, which is stopped. Time is real here. */
class HistoryOutageTest {
    private static final PostgresServer SERVER = PostgresServer.start();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final HistoryShop shop = new HistoryShop(migrated());

    private static String migrated() {
        String url = SERVER.createDatabase("test" + COUNT.incrementAndGet());
        try (PostgresDatabase database = PostgresDatabase.open(url, PostgresServer.SUPERUSER, "")) {
            database.migrate(TestServer.SERVING_ROLE);
        }
        return url;
    }

    @BeforeAll
    static void createRole() {
        SERVER.execute("postgres", List.of("create role " + TestServer.SERVING_ROLE + " login"));
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private PostgresUserHistory open(int queue, Duration closeWithin) {
        return shop.open(PostgresUserHistory.builder(shop.database).queue(queue).closeWithin(closeWithin));
    }

    private void record(PostgresUserHistory history, int from, int to) {
        for (int i = from; i < to; i++) {
            history.record(shop.click("ann", "item-" + i));
        }
    }

    private static long accountedFor(HistoryStats stats) {
        return stats.queued()
                + stats.written()
                + stats.forgotten()
                + stats.refused()
                + stats.dropped()
                + stats.lost()
                + stats.unknown();
    }

    @Test
    void aFullQueueDropsTheNewestAndTheOthersAreWrittenWhenTheServerIsBack() throws Exception {
        PostgresUserHistory history = open(100, Duration.ofSeconds(30));
        record(history, 0, 50);
        HistoryShop.flush(history);

        SERVER.stop();
        record(history, 50, 250);
        HistoryStats away = history.stats();
        assertThat(history.recentItems(HistoryShop.HOME, "ann", 250))
                .hasSize(200)
                .contains("item-249");
        SERVER.restart();
        HistoryShop.flush(history);
        HistoryStats back = history.stats();

        assertThat(away).extracting(HistoryStats::queued, HistoryStats::dropped).containsExactly(100L, 100L);
        assertThat(back)
                .extracting(HistoryStats::recorded, HistoryStats::written, HistoryStats::dropped)
                .containsExactly(250L, 150L, 100L);
        assertThat(shop.itemsOf("ann")).hasSize(150).contains("item-149").doesNotContain("item-150");
    }

    @Test
    void whatIsWrittenWhileTheServerDiesIsAccountedForToTheLast() throws Exception {
        PostgresUserHistory history = open(1_000_000, Duration.ofSeconds(30));
        for (int round = 0; round < 3; round++) {
            record(history, 6_000 * round, 6_000 * round + 5_000);
            SERVER.kill();
            record(history, 6_000 * round + 5_000, 6_000 * round + 6_000);
            assertThat(accountedFor(history.stats())).isEqualTo(history.stats().recorded());
            SERVER.restart();
        }
        HistoryShop.flush(history);

        assertThat(history.stats().written()).isEqualTo(18_000);
        assertThat(shop.see("select count(*) from recsys.interaction")).containsExactly("18000");
    }

    @Test
    void closingWhileTheServerIsAwayEndsInTimeAndCountsWhatIsLost() throws Exception {
        PostgresUserHistory history = open(100, Duration.ofMillis(200));
        record(history, 0, 50);
        HistoryShop.flush(history);
        SERVER.stop();
        record(history, 50, 110);

        long startNanos = System.nanoTime();
        history.close();
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        history.record(shop.click("ann", "too late"));
        SERVER.restart();

        assertThat(took).isLessThan(Duration.ofSeconds(5));
        HistoryStats stats = history.stats();
        assertThat(stats.lost() + stats.unknown()).isEqualTo(60);
        assertThat(stats.dropped()).isEqualTo(1);
        assertThat(accountedFor(stats)).isEqualTo(stats.recorded()).isEqualTo(111);
        assertThat(shop.itemsOf("ann")).hasSize(50);
    }

    @Test
    void aUserWhoCannotBeReadHasNoHistoryUntilTheServerIsBack() throws Exception {
        PostgresUserHistory recording = open(100, Duration.ofSeconds(30));
        record(recording, 0, 1);
        HistoryShop.flush(recording);
        PostgresUserHistory asked = open(100, Duration.ofMillis(200));
        SERVER.stop();

        assertThatThrownBy(() -> asked.prefetch(HistoryShop.HOME, "ann").join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> asked.forget("acme", "ann", "support", "ticket 17"))
                .isInstanceOf(StoreUnavailableException.class);
        SERVER.restart();
        asked.prefetch(HistoryShop.HOME, "ann").join();

        assertThat(asked.recentItems(HistoryShop.HOME, "ann", 10)).containsExactly("item-0");
        assertThat(asked.stats().unread()).isEqualTo(1);
    }
}
