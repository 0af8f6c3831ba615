package dev.recsys.testkit;

import dev.recsys.sums.SignalTables;

/** Tables with nothing in them. */
public interface SignalTablesHarness extends AutoCloseable {
    /** Returns the tables that are tested; the same every time. */
    SignalTables tables();

    /** Removes all. */
    @Override
    void close();
}
