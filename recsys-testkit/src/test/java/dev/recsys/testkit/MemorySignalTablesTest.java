package dev.recsys.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recsys.Scope;
import dev.recsys.StoreUnavailableException;
import dev.recsys.sums.SignalTables;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemorySignalTablesTest extends SignalTablesContract {
    @Override
    protected SignalTablesHarness newHarness() {
        MemorySignalTables memory = new MemorySignalTables();
        return new SignalTablesHarness() {
            @Override
            public SignalTables tables() {
                return memory;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void tablesThatAreAwayAreNeverTakenForEmpty() {
        MemorySignalTables memory = new MemorySignalTables();
        memory.away(true);

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> memory.state(new Scope("acme", "home"), Duration.ofSeconds(1)));
    }
}
