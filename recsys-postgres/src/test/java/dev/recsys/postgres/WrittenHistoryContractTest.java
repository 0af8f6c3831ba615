package dev.recsys.postgres;

import dev.recsys.testkit.UserHistoryContract;
import dev.recsys.testkit.UserHistoryHarness;

/** Another process than the one that records is asked, so that everything goes through the database. */
class WrittenHistoryContractTest extends UserHistoryContract {
    @Override
    protected UserHistoryHarness newHarness() {
        return HistoryHarness.ofTwoProcesses();
    }
}
