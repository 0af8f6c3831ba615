package dev.recsys.postgres;

import dev.recsys.control.Outcome;
import dev.recsys.control.UserHistory;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.UserHistoryHarness;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One history that records, in an empty database, and perhaps another one that is asked. */
final class HistoryHarness implements UserHistoryHarness {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeClock clock = FakeClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final PostgresDatabase database = TestServer.newDatabaseOpened();
    private final PostgresUserHistory recording = open();
    private final PostgresUserHistory asked;

    private HistoryHarness(boolean oneProcess) {
        this.asked = oneProcess ? recording : open();
    }

    /** One process, which knows what it recorded before that is written. */
    static HistoryHarness ofOneProcess() {
        return new HistoryHarness(true);
    }

    /** Another process is asked, which knows nothing but what it reads. */
    static HistoryHarness ofTwoProcesses() {
        return new HistoryHarness(false);
    }

    private PostgresUserHistory open() {
        return PostgresUserHistory.builder(database)
                .time(clock, clock::nanoTime)
                .open();
    }

    @Override
    public UserHistory history() {
        if (asked == recording) {
            return asked;
        }
        return (scope, user, limit) -> {
            clock.advance(Duration.ofMinutes(2)); // what is in memory is too old then
            asked.prefetch(scope, user).join();
            return asked.recentItems(scope, user, limit);
        };
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void record(Outcome outcome) throws InterruptedException {
        recording.record(outcome);
        if (asked != recording && !recording.flush(PATIENCE)) {
            throw new AssertionError("what was recorded was not written");
        }
    }

    @Override
    public void forget(String tenant, String user) {
        var unused = recording.forget(tenant, user, "tester", "a test");
    }

    @Override
    public void close() {
        asked.close();
        recording.close();
        database.close();
    }
}
