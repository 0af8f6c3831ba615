package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.NotFoundException;
import dev.recsys.RefusedException;
import dev.recsys.Scope;
import dev.recsys.StoreUnavailableException;
import dev.recsys.control.Tenant.Status;
import dev.recsys.postgres.Wire.Commit;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.ItemSum;
import dev.recsys.sums.PairSum;
import dev.recsys.sums.PopularitySum;
import dev.recsys.sums.Replacement;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.TablesState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What PostgreSQL adds to the contract of tables: the audit, suspended tenants, lost answers, and its own arithmetic. */
class SignalFillsTest {
    private static final Scope HOME = new Scope("acme", "home");
    private static final LocalDate DAY = LocalDate.of(2026, 2, 27);
    private static final Duration LONG = Duration.ofSeconds(60);

    /** A day with so many rows of popularity, in batches or not. */
    private record Rows(LocalDate day, int count, double amount) implements DaySums {
        @Override
        public DayFigures figures() {
            return DayFigures.none(day);
        }

        @Override
        public void popularity(Consumer<PopularitySum> taker) {
            for (int i = 0; i < count; i++) {
                taker.accept(new PopularitySum("", "item-" + i, amount, 1));
            }
        }

        @Override
        public void items(Consumer<ItemSum> taker) {}

        @Override
        public void pairs(Consumer<PairSum> taker) {}
    }

    private static Replacement replacement(long expected, DaySums... days) {
        return new Replacement(
                expected,
                UUID.randomUUID().toString(),
                "made up",
                Instant.EPOCH,
                DAY,
                DAY.plusDays(days.length - 1),
                List.of(days));
    }

    private static PostgresDatabase open(String url) {
        return PostgresDatabase.open(url, TestServer.SERVING_ROLE, "");
    }

    private static String withTenant() {
        String url = TestServer.newDatabase();
        try (PostgresDatabase database = open(url)) {
            database.editor("tester").tenants().create("acme", "a test");
        }
        return url;
    }

    private static List<PopularitySum> popularity(SignalTables tables, SortedMap<LocalDate, Double> factors) {
        return tables.read(
                        HOME,
                        reader -> {
                            List<PopularitySum> rows = new ArrayList<>();
                            reader.popularity(factors, rows::add);
                            return rows;
                        },
                        LONG)
                .orElseThrow();
    }

    @Test
    void aFillIsAuditedAndToldToTheFleet() {
        try (PostgresDatabase database = open(withTenant())) {
            Replacement first = replacement(0, new Rows(DAY, 1, 1));
            database.signalTables("ann", "nightly").replace(HOME, first, LONG);
            AuditEntry entry = database.editor("reader").audit("acme", 1).get(0);

            assertThat(entry.kind()).isEqualTo("signals");
            assertThat(entry.action()).isEqualTo("fill");
            assertThat(entry.surface()).isEqualTo("home");
            assertThat(entry.actor()).isEqualTo("ann");
            assertThat(entry.reason()).isEqualTo("nightly");
            assertThat(entry.before()).isEmpty();
            assertThat(entry.after()).isEqualTo("revision 1, 2026-02-27 to 2026-02-27");
        }
    }

    @Test
    void daysOfManyRowsComeBackWhole() {
        try (PostgresDatabase database = open(withTenant())) {
            SignalTables tables = database.signalTables("ann", "nightly");
            tables.replace(
                    HOME, replacement(0, new Rows(DAY, 10_000, 0.1), new Rows(DAY.plusDays(1), 25_001, 0.2)), LONG);

            SortedMap<LocalDate, Double> factors = new TreeMap<>();
            factors.put(DAY, 1.0);
            factors.put(DAY.plusDays(1), 1.0);
            assertThat(popularity(tables, factors))
                    .hasSize(25_001)
                    .contains(new PopularitySum("", "item-0", 0.1 + 0.2, 2));
        }
    }

    @Test
    void aProductThatIsTooSmallForADoubleIsZeroAsInJava() {
        try (PostgresDatabase database = open(withTenant())) {
            SignalTables tables = database.signalTables("ann", "nightly");
            List<Double> amounts = List.of(1e-300, 1e-160, 1.0, 3 * Double.MIN_VALUE);
            DaySums[] days = new DaySums[amounts.size()];
            for (int i = 0; i < days.length; i++) {
                days[i] = new Rows(DAY.plusDays(i), 1, amounts.get(i));
            }
            tables.replace(HOME, replacement(0, days), LONG);

            for (double factor : new double[] {0, Double.MIN_VALUE, 1e-310, 1e-200, 1e-24, 0.1, 0.5, 1}) {
                SortedMap<LocalDate, Double> factors = new TreeMap<>();
                double expected = 0;
                for (int i = 0; i < days.length; i++) {
                    factors.put(DAY.plusDays(i), factor);
                    expected += factor * amounts.get(i);
                }
                assertThat(popularity(tables, factors))
                        .as("factor %s", factor)
                        .containsExactly(new PopularitySum("", "item-0", expected, 4));
            }
        }
    }

    @Test
    void nothingIsFilledForATenantThatIsSuspendedOrNotThere() {
        try (PostgresDatabase database = open(withTenant())) {
            SignalTables tables = database.signalTables("ann", "nightly");
            database.editor("ann").tenants().set("acme", Status.SUSPENDED, "has not paid");
            Replacement one = replacement(0, new Rows(DAY, 1, 1));

            assertThatThrownBy(() -> tables.replace(HOME, one, LONG))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("recsys tenant activate acme");
            assertThatThrownBy(() -> tables.replace(new Scope("nobody", "home"), one, LONG))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("recsys tenant create nobody");
            assertThat(tables.state(HOME, LONG)).isEmpty();
            assertThat(tables.state(new Scope("nobody", "home"), LONG)).isEmpty();
        }
    }

    @Test
    void aFillWhoseCommitIsNotAnsweredIsFoundOutToBeDone() throws Exception {
        String url = withTenant();
        try (Wire wire = new Wire(TestServer.server().port());
                PostgresDatabase database = open(wire.url(url.substring(url.lastIndexOf('/') + 1)))) {
            SignalTables tables = database.signalTables("ann", "nightly");
            wire.nextCommit(Commit.NOT_ANSWERED);
            TablesState filled = tables.replace(HOME, replacement(0, new Rows(DAY, 1, 1)), LONG);

            assertThat(tables.state(HOME, LONG)).isEqualTo(Optional.of(filled));
        }
    }

    @Test
    void aFillWhoseCommitDoesNotArriveChangesNothing() throws Exception {
        String url = withTenant();
        try (Wire wire = new Wire(TestServer.server().port());
                PostgresDatabase database = open(wire.url(url.substring(url.lastIndexOf('/') + 1)))) {
            SignalTables tables = database.signalTables("ann", "nightly");
            wire.nextCommit(Commit.NOT_SENT);

            assertThatThrownBy(() -> tables.replace(HOME, replacement(0, new Rows(DAY, 1, 1)), LONG))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("Nothing changed");
            assertThat(tables.state(HOME, LONG)).isEmpty();
        }
    }

    @Test
    void aCallThatTakesLongerThanItMayIsAnOutage() {
        try (PostgresDatabase database = open(withTenant())) {
            SignalTables tables = database.signalTables("ann", "nightly");

            assertThatThrownBy(() ->
                            tables.replace(HOME, replacement(0, new Rows(DAY, 200_000, 1)), Duration.ofMillis(50)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("Nothing changed");
            assertThat(tables.state(HOME, LONG)).isEmpty();
        }
    }

    @Test
    void whereTheTablesAreIsSaidWithoutSecrets() {
        try (PostgresDatabase database =
                PostgresDatabase.open("jdbc:postgresql://db.example/shop?password=secret", "ann", "")) {
            assertThat(database.signalTables("ann", "x").location()).isEqualTo("jdbc:postgresql://db.example/shop");
        }
    }
}
