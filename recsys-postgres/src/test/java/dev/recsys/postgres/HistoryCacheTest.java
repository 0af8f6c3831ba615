package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCacheTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final UserKey ANN = new UserKey(new Scope("acme", "home"), "ann");
    private static final int MOST = 3;

    private final FakeClock clock = FakeClock.at(NOON);
    private final HistoryCache cache = new HistoryCache(1_000, MOST, Duration.ofMinutes(1), clock::nanoTime);

    private static Interaction click(String item, int secondsAgo, long number) {
        return new Interaction(item, "click", NOON.minusSeconds(secondsAgo), number);
    }

    private List<String> items() {
        return cache.find(ANN).recent(10);
    }

    @Test
    void whatWasReadBeforeSomebodyWasForgottenIsNotTaken() {
        long before = cache.forgettings();
        cache.forget("acme", "ann");

        assertThat(cache.put(ANN, List.of(click("tea", 1, 0)), 0, before)).isFalse();
        assertThat(items()).isEmpty();
        assertThat(cache.put(ANN, List.of(), 0, cache.forgettings())).isTrue();
    }

    @Test
    void whatWasBeingRecordedWhileSomebodyWasForgottenIsNotAdded() {
        long before = cache.forgettings();
        cache.forget("acme");

        cache.add(ANN, click("tea", 1, 1), before);

        assertThat(items()).isEmpty();
    }

    @Test
    void onlyTheTenantsUsersLeaveWhenSomebodyIsForgottenElsewhere() {
        UserKey other = new UserKey(new Scope("other", "home"), "ann");
        cache.add(ANN, click("tea", 1, 1), 0);
        cache.add(other, click("milk", 1, 2), 0);

        cache.forget("acme");

        assertThat(items()).isEmpty();
        assertThat(cache.find(other).recent(10)).containsExactly("milk");
    }

    @Test
    void whatStillWaitsInTheQueueStaysWhenTheUserIsReadAgainAndWhatWasDroppedGoes() {
        cache.add(ANN, click("written", 3, 7), 0);
        cache.add(ANN, click("waiting", 2, 8), 0);
        cache.add(ANN, click("dropped", 1, 0), 0);
        assertThat(items()).containsExactly("dropped", "waiting", "written");

        assertThat(cache.put(ANN, List.of(click("written", 3, 0)), 7, 0)).isTrue();

        assertThat(items()).containsExactly("waiting", "written");
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        for (int i = 1; i <= 5; i++) {
            cache.add(ANN, click("item-" + i, i, i), 0);
        }

        assertThat(items()).containsExactly("item-1", "item-2", "item-3");
    }

    @Test
    void aUserIsReadAgainAfterTheLargestAgeAndWhenNotYetRead() {
        cache.add(ANN, click("tea", 1, 1), 0);
        assertThat(cache.isFresh(cache.find(ANN))).isFalse();

        assertThat(cache.put(ANN, List.of(), 0, 0)).isTrue();
        assertThat(cache.isFresh(cache.find(ANN))).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(cache.isFresh(cache.find(ANN))).isFalse();
    }

    @Test
    void aUserWhoIsNotAskedForLeavesAfterAnHour() {
        assertThat(cache.put(ANN, List.of(click("tea", 1, 0)), 0, 0)).isTrue();

        clock.advance(Duration.ofHours(1));

        assertThat(items()).isEmpty();
    }
}
