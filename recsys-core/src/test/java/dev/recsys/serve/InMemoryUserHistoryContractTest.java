package dev.recsys.serve;

import dev.recsys.control.Outcome;
import dev.recsys.control.UserHistory;
import dev.recsys.testkit.UserHistoryContract;
import dev.recsys.testkit.UserHistoryHarness;
import java.time.Instant;

class InMemoryUserHistoryContractTest extends UserHistoryContract {
    @Override
    protected UserHistoryHarness newHarness() {
        return new Harness(new InMemoryUserHistory(100, 50));
    }

    private record Harness(InMemoryUserHistory known) implements UserHistoryHarness {
        @Override
        public UserHistory history() {
            return known;
        }

        @Override
        public Instant now() {
            return Instant.parse("2026-11-23T06:00:00Z");
        }

        @Override
        public void record(Outcome outcome) {
            known.record(outcome);
        }

        @Override
        public void forget(String tenant, String user) {
            known.forget(user);
        }

        @Override
        public void close() {}
    }
}
