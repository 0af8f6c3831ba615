package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Backlog backlog = new Backlog(3, System::nanoTime);

    private static Outcome outcome(String user) {
        return new Outcome(new Scope("acme", "home"), user, "tea", "click", Instant.EPOCH);
    }

    private List<Backlog.Entry> take(int most) throws InterruptedException {
        return backlog.take(most, AT_ONCE, AT_ONCE);
    }

    private HistoryStats stats() {
        return backlog.stats(0, 0);
    }

    @AfterEach
    void allAreAccountedFor() {
        HistoryStats stats = stats();
        assertThat(stats.queued()
                        + stats.written()
                        + stats.forgotten()
                        + stats.refused()
                        + stats.dropped()
                        + stats.lost()
                        + stats.unknown())
                .isEqualTo(stats.recorded());
    }

    private void offer(String... users) {
        for (String user : users) {
            var unused = backlog.offer(outcome(user));
        }
    }

    @Test
    void whatIsBeingWrittenTakesRoomUntilItsFateIsKnown() throws Exception {
        offer("a", "b", "c");
        assertThat(take(2)).hasSize(2);

        assertThat(backlog.offer(outcome("d"))).isZero();
        backlog.settle(Fate.WRITTEN, 2);
        backlog.done();
        assertThat(backlog.offer(outcome("e"))).isEqualTo(4);

        assertThat(stats().dropped()).isEqualTo(1);
        assertThat(stats().queued()).isEqualTo(2);
    }

    @Test
    void nothingIsSettledBehindWhatStillWaits() throws Exception {
        offer("a", "b", "c");
        assertThat(backlog.settled()).isZero();
        assertThat(take(2)).hasSize(2);
        assertThat(backlog.settled()).isZero();

        backlog.settle(Fate.WRITTEN, 2);
        backlog.done();
        assertThat(backlog.settled()).isEqualTo(2);
        backlog.forget("acme", "c");
        assertThat(backlog.settled()).isEqualTo(3);
        assertThat(backlog.flush(AT_ONCE)).isTrue();
    }

    @Test
    void aFlushThatTakesTooLongSaysSo() throws Exception {
        offer("a");

        assertThat(backlog.flush(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void whatWasBeingWrittenAtTheEndIsUnknownAndTheRestIsLost() throws Exception {
        offer("a", "b", "c");
        assertThat(take(2)).hasSize(2);
        backlog.doubt(1);

        backlog.close();
        backlog.abandon();
        backlog.settle(Fate.WRITTEN, 1); // too late to be counted
        offer("d");

        assertThat(stats().unknown()).isEqualTo(1);
        assertThat(stats().lost()).isEqualTo(2);
        assertThat(stats().dropped()).isEqualTo(1);
        assertThat(stats().written()).isZero();
    }

    @Test
    void whatWaitsIsTakenInItsOrderAfterItIsClosed() throws Exception {
        offer("a", "b");
        backlog.close();

        assertThat(backlog.take(10, Duration.ofDays(1), Duration.ofDays(1)))
                .extracting(entry -> entry.outcome().user())
                .containsExactly("a", "b");
        assertThat(backlog.take(10, Duration.ofDays(1), Duration.ofDays(1))).isEmpty();
    }
}
