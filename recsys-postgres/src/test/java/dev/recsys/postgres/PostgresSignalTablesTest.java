package dev.recsys.postgres;

import dev.recsys.sums.SignalTables;
import dev.recsys.testkit.SignalTablesContract;
import dev.recsys.testkit.SignalTablesHarness;
import java.util.List;

class PostgresSignalTablesTest extends SignalTablesContract {
    @Override
    protected SignalTablesHarness newHarness() {
        return new Harness();
    }

    private static final class Harness implements SignalTablesHarness {
        private final PostgresDatabase database = TestServer.newDatabaseOpened();
        private final SignalTables tables = database.signalTables("tester", "a test");

        private Harness() {
            for (String tenant : List.of("acme", "Acme")) {
                database.editor("tester").tenants().create(tenant, "a test");
            }
        }

        @Override
        public SignalTables tables() {
            return tables;
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
