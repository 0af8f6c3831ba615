package dev.recsys.postgres;

import dev.recsys.testkit.UserHistoryContract;
import dev.recsys.testkit.UserHistoryHarness;

/** The process that records is asked. */
class RecordedHistoryContractTest extends UserHistoryContract {
    @Override
    protected UserHistoryHarness newHarness() {
        return HistoryHarness.ofOneProcess();
    }
}
