package dev.recsys.postgres;

import static dev.recsys.postgres.HistoryShop.HOME;
import static dev.recsys.postgres.HistoryShop.PATIENCE;
import static dev.recsys.postgres.HistoryShop.flush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForgettingTest {
    private static final int THREADS = 4;

    private final HistoryShop shop = new HistoryShop();

    @AfterEach
    void close() {
        shop.close();
    }

    private static Forgotten forget(PostgresUserHistory history, String user) {
        return history.forget("acme", user, "support", "ticket 17");
    }

    @Test
    void aPersonLeavesAllMonthsAndSurfacesOfTheTenantAndNoOther() throws Exception {
        PostgresUserHistory history = shop.open();
        Instant now = shop.clock.instant();
        for (int days = 0; days < 100; days += 10) {
            history.record(shop.click("it's %", "tea", now.minus(Duration.ofDays(days))));
        }
        history.record(new Outcome(new Scope("acme", "cart"), "it's %", "tea", "click", now));
        history.record(new Outcome(new Scope("other", "home"), "it's %", "tea", "click", now));
        history.record(shop.click("it's % ", "milk"));
        flush(history);

        Forgotten forgotten = forget(history, "it's %");

        assertThat(forgotten.interactions()).isEqualTo(11);
        assertThat(shop.see("select tenant || ' ' || item from recsys.interaction order by 1"))
                .containsExactly("acme milk", "other tea");
        assertThat(history.recentItems(HOME, "it's %", 10)).isEmpty();
    }

    @Test
    void whatHappenedBeforeIsRefusedLaterAndWhatHappensAfterwardsIsNot() throws Exception {
        PostgresUserHistory history = shop.open();
        Forgotten forgotten = forget(history, "ann");

        history.record(shop.click("ann", "late", forgotten.at()));
        history.record(shop.click("bob", "late", forgotten.at()));
        flush(history);
        assertThat(history.recentItems(HOME, "ann", 10)).isEmpty();
        history.record(shop.click("ann", "new", forgotten.at().plusMillis(1)));
        flush(history);

        assertThat(shop.itemsOf("ann")).containsExactly("new");
        assertThat(shop.itemsOf("bob")).containsExactly("late");
        assertThat(history.stats().forgotten()).isEqualTo(1);
        assertThat(history.stats().written()).isEqualTo(2);
    }

    @Test
    void whatWaitsInTheQueueOfTheProcessIsForgottenToo() throws Exception {
        PostgresUserHistory history = shop.open();
        history.record(shop.click("ann", "tea"));
        history.record(shop.click("bob", "tea")); // the clock stands still, so that both wait until they are flushed

        assertThat(forget(history, "ann").interactions()).isZero();

        assertThat(history.stats().queued()).isEqualTo(1);
        flush(history);
        assertThat(shop.see("select user_id from recsys.interaction")).containsExactly("bob");
    }

    /** Each thread is a process of its own. */
    @Test
    void nothingFromBeforeIsThereAfterwardsWhoeverWasRecordingMeanwhile() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch underWay = new CountDownLatch(THREADS);
        List<PostgresUserHistory> histories = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            PostgresUserHistory history = shop.open(PostgresUserHistory.builder(shop.database));
            histories.add(history);
            String item = "item-" + i;
            Thread thread = new Thread(() -> recordUntil(over, underWay, history, item));
            threads.add(thread);
            thread.start();
        }
        underWay.await();
        await(() -> histories.stream().anyMatch(history -> history.stats().written() > 0));
        PostgresUserHistory forgetting = shop.open(PostgresUserHistory.builder(shop.database));

        List<Forgotten> forgotten = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            forgotten.add(forget(forgetting, "ann"));
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos()); // lets the others go on, whatever they are at
        }
        over.set(true);
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
        }
        for (PostgresUserHistory history : histories) {
            flush(history);
        }

        Instant last = forgotten.get(forgotten.size() - 1).at();
        assertThat(forgotten.stream().mapToLong(Forgotten::interactions).sum()).isPositive();
        assertThat(shop.see("select at from recsys.interaction where user_id = 'ann' and at <= '" + last + "'"))
                .isEmpty();
        assertThat(shop.see("select count(*) from recsys.interaction where user_id = 'bob'")
                        .get(0))
                .isEqualTo(Long.toString(
                        histories.stream().mapToLong(h -> h.stats().recorded()).sum() / 2));
    }

    private void recordUntil(AtomicBoolean over, CountDownLatch underWay, PostgresUserHistory history, String item) {
        for (int i = 0; !over.get(); i++) {
            Instant now = Instant.now();
            history.record(shop.click("ann", item + "-" + i, now));
            history.record(shop.click("bob", item + "-" + i, now));
            if (i == 1_000) {
                underWay.countDown();
            }
            LockSupport.parkNanos(Duration.ofMillis(i < 1_000 ? 0 : 1).toNanos());
        }
    }

    /** Of {@code acme/user-ann}, by sha256sum. */
    private static final String DIGEST = "8d0bdd994099e8502f7807579df63ce873c81e7b6f36fd640141f38cbfc67ce1";

    @Test
    void theAuditAndTheMarkDoNotNameThePerson() throws Exception {
        PostgresUserHistory history = shop.open();
        history.record(shop.click("user-ann", "tea"));
        flush(history);
        Forgotten forgotten = forget(history, "user-ann");

        assertThat(
                        shop.see(
                                "select concat_ws('|', tenant, surface, actor, kind, action, before, after, reason) from recsys.audit"))
                .containsExactly("acme||support|history|forget||1 interactions removed|ticket 17");
        assertThat(shop.see("select encode(person, 'hex') from recsys.history_forgotten"))
                .containsExactly(DIGEST);
        assertThat(forgotten.markedUntil()).isEqualTo(forgotten.at().plus(Duration.ofDays(400)));
        assertThat(shop.see("select kind from recsys.feed")).containsExactly("history");
    }

    @Test
    void otherProcessesDropTheTenantsUsersWhenTheyHearOfIt() throws Exception {
        PostgresUserHistory history = shop.open();
        history.record(shop.click("ann", "tea"));
        flush(history);
        PostgresUserHistory other = shop.open();
        other.prefetch(HOME, "ann").join();
        assertThat(other.recentItems(HOME, "ann", 10)).containsExactly("tea");

        try (PostgresControls controls = PostgresControls.builder(shop.database)
                .listener(other.listener())
                .open()) {
            await(() -> controls.problem().isEmpty());
            var unused = forget(history, "ann");
            await(() -> other.recentItems(HOME, "ann", 10).isEmpty());
        }
    }

    private static void await(BooleanSupplier isSo) {
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(endNanos);
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    @Test
    void whatRemainsIsSaidWithTheReleasesShippedSinceTheFirstInteraction() throws Exception {
        PostgresUserHistory history = shop.open();
        history.record(shop.click("ann", "tea", shop.clock.instant().minus(Duration.ofDays(10))));
        flush(history);
        audit("20 days", "ship", "1");
        audit("5 days", "ship", "2");
        audit("4 days", "rollback", "1");
        audit("1 day", "ship", "3");

        Forgotten forgotten = forget(history, "ann");

        assertThat(forgotten.shipped()).extracting(Forgotten.Shipped::release).containsExactly("2", "3");
        assertThat(forgotten.shipped().get(0).surface()).isEqualTo("home");
        assertThat(forgotten.remains()).hasSize(5).first().asString().contains("2 were shipped");
        assertThat(forget(history, "ann").shipped()).isEmpty();
    }

    private void audit(String ago, String action, String release) throws Exception {
        var unused =
                shop.see("insert into recsys.audit (tenant, surface, at, actor, kind, action, after, reason, change)"
                        + " values ('acme', 'home', clock_timestamp() - interval '" + ago + "', 'job', 'release', '"
                        + action + "', '"
                        + release + "', 'nightly', gen_random_uuid())");
    }

    @Test
    void whatIsNoUserIsRefused() {
        PostgresUserHistory history = shop.open();

        for (String user : List.of("", " ", "a\0b", "u".repeat(801))) {
            assertThatThrownBy(() -> forget(history, user)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> history.forget("../acme", "ann", "support", "ticket"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
