package dev.recsys.postgres;

import static dev.recsys.postgres.HistoryShop.HOME;
import static dev.recsys.postgres.HistoryShop.flush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryMonthsTest {
    private final HistoryShop shop = new HistoryShop();

    @AfterEach
    void close() {
        shop.close();
    }

    private static String monthOf(Instant at) {
        return "recsys.interaction_"
                + YearMonth.from(at.atOffset(ZoneOffset.UTC)).toString().replace('-', '_');
    }

    private PostgresUserHistory keepingFor(int days) {
        return shop.open(shop.builder().keepFor(Duration.ofDays(days)));
    }

    @Test
    void aYearEndsAtMidnightOfUtc() throws Exception {
        int year = shop.clock.instant().atOffset(ZoneOffset.UTC).getYear();
        Instant midnight = Instant.parse(year + "-01-01T00:00:00Z");
        PostgresUserHistory history = shop.open();
        history.record(shop.click("ann", "old", midnight.minusNanos(1_000)));
        history.record(shop.click("ann", "new", midnight));
        flush(history);

        assertThat(shop.see("select tableoid::regclass::text from recsys.interaction order by at"))
                .containsExactly(monthOf(midnight.minusSeconds(1)), monthOf(midnight));
        PostgresUserHistory other = shop.open();
        other.prefetch(HOME, "ann").join();
        assertThat(other.recentItems(HOME, "ann", 10)).containsExactly("new", "old");
    }

    @Test
    void manyProcessesMakeTheSameMonthsAtTheSameTime() throws Exception {
        Instant now = shop.clock.instant();
        List<CompletableFuture<Void>> processes = IntStream.range(0, 4)
                .mapToObj(process -> CompletableFuture.runAsync(() -> {
                    HistoryMonths months = new HistoryMonths(shop.database.transactions());
                    for (int i = 0; i < 6; i++) {
                        months.require(List.of(now.minus(Duration.ofDays(31L * i))));
                    }
                }))
                .toList();
        processes.forEach(CompletableFuture::join);

        assertThat(shop.months()).doesNotHaveDuplicates().hasSizeBetween(6, 7);
    }

    @Test
    void monthsThatAreWhollyOlderThanIsKeptAreDroppedAndCounted() throws Exception {
        PostgresUserHistory history = keepingFor(400);
        Instant now = shop.clock.instant();
        for (int days : List.of(0, 20, 100, 200)) {
            history.record(shop.click("ann", "item-" + days, now.minus(Duration.ofDays(days))));
        }
        flush(history);
        PostgresUserHistory shorter = keepingFor(60);

        int dropped = shorter.dropExpired();

        assertThat(dropped).isEqualTo(2);
        assertThat(shorter.stats().monthsDropped()).isEqualTo(2);
        assertThat(shop.itemsOf("ann")).containsExactly("item-0", "item-20");
        assertThat(shop.months()).contains(monthOf(now), monthOf(now.plus(Duration.ofDays(31))));
        assertThat(shorter.dropExpired()).isZero();
    }

    @Test
    void whatIsOlderThanIsKeptIsNotReadThoughItsMonthIsThere() throws Exception {
        PostgresUserHistory history = keepingFor(400);
        history.record(shop.click("ann", "old", shop.clock.instant().minus(Duration.ofDays(11))));
        history.record(shop.click("ann", "young", shop.clock.instant().minus(Duration.ofDays(9))));
        flush(history);
        PostgresUserHistory shorter = keepingFor(10);
        shorter.prefetch(HOME, "ann").join();

        assertThat(shorter.recentItems(HOME, "ann", 10)).containsExactly("young");
    }

    @Test
    void aMonthThatAnotherProcessDroppedIsMadeAgainWhenItIsNeeded() throws Exception {
        PostgresUserHistory history = keepingFor(400);
        Instant old = shop.clock.instant().minus(Duration.ofDays(200));
        history.record(shop.click("ann", "tea", old));
        flush(history);
        assertThat(keepingFor(60).dropExpired()).isOne();

        history.record(shop.click("ann", "milk", old));
        history.record(shop.click("ann", "rice", old));
        flush(history);

        assertThat(shop.itemsOf("ann")).containsExactly("milk", "rice");
        assertThat(history.stats().refused()).isZero();
    }

    @Test
    void theMonthsAreLookedAfterOnceADay() throws Exception {
        HistoryUpkeep upkeep = new HistoryUpkeep(
                new HistoryMonths(shop.database.transactions()), new OutcomeBounds(Duration.ofDays(400), shop.clock));
        upkeep.runIfDue();
        String month = monthOf(shop.clock.instant().plus(Duration.ofDays(31)));
        assertThat(shop.months()).contains(month);

        var unused = shop.see("drop table " + month);
        shop.clock.advance(Duration.ofHours(23));
        upkeep.runIfDue();
        assertThat(shop.months()).doesNotContain(month);

        shop.clock.advance(Duration.ofHours(1));
        upkeep.runIfDue();
        assertThat(shop.months()).contains(monthOf(shop.clock.instant().plus(Duration.ofDays(31))));
    }

    @Test
    void aMarkGoesWhenWhatItKeepsOutIsTooOldAnyway() throws Exception {
        PostgresUserHistory history = keepingFor(60);
        for (String user : List.of("ann", "bob")) {
            var unused = history.forget("acme", user, "support", "ticket 17");
        }
        var unused = shop.see("update recsys.history_forgotten set at = at - interval '61 days',"
                + " until = until - interval '61 days' where person = recsys.person('acme', 'ann')");

        assertThat(history.dropExpired()).isZero();

        assertThat(shop.see("select person = recsys.person('acme', 'bob') from recsys.history_forgotten"))
                .containsExactly("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select recsys.drop_history_before(clock_timestamp())",
                "select recsys.drop_history_before('infinity')",
                "select recsys.drop_history_before(null)",
                "select recsys.make_history_month('1999-12-31')",
                "select recsys.make_history_month('9999-01-01')",
                "select recsys.make_history_month('infinity')",
                "select recsys.make_history_month(null)",
                "drop table recsys.interaction",
                "create table recsys.mine ()",
                "truncate recsys.interaction",
                "update recsys.interaction set item = 'x'",
            })
    void aServingRoleCanNeitherDropWhatIsYoungNorMakeWhatItLikes(String sql) {
        assertThatThrownBy(() -> shop.see(TestServer.SERVING_ROLE, "acme", sql)).isInstanceOf(SQLException.class);
    }
}
