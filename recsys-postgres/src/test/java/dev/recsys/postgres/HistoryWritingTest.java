package dev.recsys.postgres;

import static dev.recsys.postgres.HistoryShop.HOME;
import static dev.recsys.postgres.HistoryShop.flush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryWritingTest {
    private final HistoryShop shop = new HistoryShop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whatIsRecordedTwiceIsThereOnceAndCountsAsWritten() throws Exception {
        PostgresUserHistory history = shop.open();
        for (int i = 0; i < 3; i++) {
            history.record(shop.click("ann", "tea"));
            flush(history);
        }

        assertThat(shop.itemsOf("ann")).containsExactly("tea");
        assertThat(history.stats().written()).isEqualTo(3);
    }

    @Test
    void aHundredThousandInteractionsAreWrittenBatchByBatch() throws Exception {
        PostgresUserHistory history = shop.open(shop.builder().queue(100_000));
        for (int i = 0; i < 100_000; i++) {
            history.record(shop.click(
                    "user-" + i % 5_000, "item-" + i % 997, shop.clock.instant().minusMillis(i)));
        }
        flush(history);

        assertThat(history.stats().written()).isEqualTo(100_000);
        assertThat(shop.see("select count(*) from recsys.interaction")).containsExactly("100000");
    }

    @Test
    void anOutcomeThatTheDatabaseRefusesDoesNotTakeOthersWithIt() throws Exception {
        var unused = shop.see("alter table recsys.interaction add check (item <> 'poison')");
        PostgresUserHistory history = shop.open();
        for (int i = 0; i < 300; i++) {
            history.record(shop.click(
                    "ann",
                    i == 77 || i == 200 ? "poison" : "item-" + i,
                    shop.clock.instant().minusSeconds(i)));
        }
        flush(history);

        assertThat(shop.itemsOf("ann")).hasSize(298).doesNotContain("poison").contains("item-76", "item-299");
        assertThat(history.stats().written()).isEqualTo(298);
        assertThat(history.stats().refused()).isEqualTo(2);
    }

    @Test
    void whatCannotBeKeptIsRefusedAtOnce() {
        PostgresUserHistory history = shop.open();
        Instant now = shop.clock.instant();

        assertThat(history.record(shop.click("a\0b", "tea"))).isFalse();
        assertThat(history.record(shop.click("ann", "\ud83c"))).isFalse();
        assertThat(history.record(shop.click("u".repeat(801), "tea"))).isFalse();
        assertThat(history.record(shop.click("ann", "\u00e9".repeat(800)))).isFalse();
        assertThat(history.record(shop.click("ann", "tea", now.minus(Duration.ofDays(401)))))
                .isFalse();
        assertThat(history.record(shop.click("ann", "tea", now.plus(Duration.ofDays(2)))))
                .isFalse();
        assertThat(history.record(shop.click("ann", "tea", Instant.MIN))).isFalse();
        assertThat(history.record(shop.click("ann", "tea", Instant.MAX))).isFalse();

        assertThat(history.stats().refused()).isEqualTo(8);
        assertThat(history.recentItems(HOME, "ann", 10)).isEmpty();
    }

    @Test
    void theLongestIdsAreWrittenAndFoundByTheirUser() throws Exception {
        PostgresUserHistory history = shop.open();
        String user = randomText(800, 1);
        Scope scope = new Scope("t".repeat(64), "s".repeat(64));
        history.record(new Outcome(scope, user, randomText(1_536, 2), randomText(100, 3), shop.clock.instant()));
        flush(history);

        PostgresUserHistory other = shop.open();
        other.prefetch(scope, user).join();

        assertThat(history.stats().written()).isEqualTo(1);
        assertThat(other.recentItems(scope, user, 10)).containsExactly(randomText(1_536, 2));
    }

    /** Text that cannot be packed. */
    private static String randomText(int length, long seed) {
        StringBuilder text = new StringBuilder();
        new Random(seed).ints(length, '!', '~').forEach(text::appendCodePoint);
        return text.toString();
    }

    @Test
    void windowsAreAnsweredByTypeAndTime() throws Exception {
        PostgresUserHistory recording = shop.open();
        Instant now = shop.clock.instant();
        recording.record(new Outcome(HOME, "ann", "tea", "purchase", now.minus(Duration.ofDays(40))));
        recording.record(new Outcome(HOME, "ann", "milk", "purchase", now.minus(Duration.ofDays(20))));
        recording.record(new Outcome(HOME, "ann", "milk", "click", now.minus(Duration.ofDays(1))));
        recording.record(new Outcome(HOME, "ann", "rice", "click", now.minus(Duration.ofDays(2))));
        flush(recording);
        PostgresUserHistory asked = shop.open();
        asked.prefetch(HOME, "ann").join();

        Instant month = now.minus(Duration.ofDays(30));
        for (PostgresUserHistory history : List.of(recording, asked)) {
            assertThat(history.seen(HOME, "ann", month)).containsExactly("milk", "rice");
            assertThat(history.seen(HOME, "ann", now.minus(Duration.ofDays(1)))).containsExactly("milk");
            assertThat(history.interacted(HOME, "ann", Set.of("purchase"), month))
                    .containsExactly("milk");
            assertThat(history.recentItems(HOME, "ann", 10)).containsExactly("milk", "rice", "tea");
        }
    }

    @Test
    void aUserWhoIsNotInMemoryHasNothingAtFirstAndIsReadInTheBackground() throws Exception {
        PostgresUserHistory recording = shop.open();
        recording.record(shop.click("ann", "tea"));
        flush(recording);
        PostgresUserHistory asked = shop.open();

        assertThat(asked.recentItems(HOME, "ann", 10)).isEmpty();
        asked.prefetch(HOME, "ann").join(); // joins what the question began, or finds it done

        assertThat(asked.recentItems(HOME, "ann", 10)).containsExactly("tea");
    }

    @Test
    void theNewestItemsAreFoundAmongManyRepetitions() throws Exception {
        PostgresUserHistory recording = shop.open(shop.builder().perUser(3));
        Instant now = shop.clock.instant();
        for (int i = 0; i < 25; i++) {
            recording.record(shop.click("ann", "tea", now.minusSeconds(i)));
        }
        for (String item : List.of("milk", "rice", "salt")) {
            recording.record(shop.click("ann", item, now.minusSeconds(100)));
        }
        flush(recording);
        PostgresUserHistory asked = shop.open(shop.builder().perUser(3));
        asked.prefetch(HOME, "ann").join();

        assertThat(asked.recentItems(HOME, "ann", 10)).containsExactly("tea", "milk", "rice");
    }

    @Test
    void aHistoryThatIsClosedAnswersFromMemoryAndDropsWhatComes() {
        PostgresUserHistory history = shop.open();
        history.record(shop.click("ann", "tea"));

        history.close();
        history.close();

        assertThat(history.stats().written()).isEqualTo(1);
        assertThat(history.record(shop.click("ann", "milk"))).isFalse();
        assertThat(history.stats().dropped()).isEqualTo(1);
        assertThat(history.recentItems(HOME, "ann", 10)).containsExactly("milk", "tea");
        assertThat(history.prefetch(HOME, "bob")).isCompletedExceptionally();
    }

    @Test
    void aSettingOutOfItsRangeIsRefused() {
        PostgresUserHistory.Builder builder = shop.builder();

        assertThatThrownBy(() -> builder.perUser(0)).hasMessageContaining("perUser is 0; expected 1 to 10000");
        assertThatThrownBy(() -> builder.queue(0)).hasMessageContaining("queue is 0");
        assertThatThrownBy(() -> builder.maxInteractions(0)).hasMessageContaining("maxInteractions is 0");
        assertThatThrownBy(() -> builder.keepFor(Duration.ofDays(1))).hasMessageContaining("keepFor is PT24H");
        assertThatThrownBy(() -> builder.closeWithin(Duration.ZERO)).hasMessageContaining("closeWithin is PT0S");
        assertThatThrownBy(() -> builder.refreshInterval(Duration.ZERO))
                .hasMessageContaining("refreshInterval is PT0S");
    }

    @Test
    void whatAnotherProcessRecordedIsSeenAfterTheRefreshInterval() throws Exception {
        PostgresUserHistory recording = shop.open();
        PostgresUserHistory asked = shop.open();
        asked.prefetch(HOME, "ann").join();
        recording.record(shop.click("ann", "tea"));
        flush(recording);

        asked.prefetch(HOME, "ann").join();
        assertThat(asked.recentItems(HOME, "ann", 10)).isEmpty();
        shop.clock.advance(Duration.ofMinutes(2));
        asked.prefetch(HOME, "ann").join();

        assertThat(asked.recentItems(HOME, "ann", 10)).containsExactly("tea");
    }
}
