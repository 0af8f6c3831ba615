package dev.recsys.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.ConflictException;
import dev.recsys.Scope;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.ItemSum;
import dev.recsys.sums.PairSum;
import dev.recsys.sums.PopularitySum;
import dev.recsys.sums.Replacement;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.SumsReader;
import dev.recsys.sums.TablesState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@link SignalTables} promise, as tests. A database passes them by a subclass that says how to set up its tables; a test
 * that it cannot run is overridden there with {@code @Disabled} and the reason.
 */
@Timeout(300)
public abstract class SignalTablesContract {
    private static final Scope HOME = new Scope("acme", "home");
    private static final Scope OTHER = new Scope("Acme", "home");
    private static final LocalDate DAY = LocalDate.of(2026, 2, 27);
    private static final Instant AT = Instant.parse("2026-03-01T02:00:00.123Z");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int READERS = 2;
    private static final int FILLS = 20;

    private SignalTablesHarness harness;
    private SignalTables tables;

    /** For subclasses. */
    protected SignalTablesContract() {}

    /** Sets up empty tables for one test. */
    protected abstract SignalTablesHarness newHarness() throws Exception;

    @BeforeEach
    final void setUpTables() throws Exception {
        harness = newHarness();
        tables = harness.tables();
    }

    @AfterEach
    final void removeTables() {
        harness.close();
    }

    private static Replacement replacement(long expected, LocalDate from, LocalDate until, DaySums... days) {
        return new Replacement(expected, UUID.randomUUID().toString(), "made up", AT, from, until, List.of(days));
    }

    private static LocalDate day(int number) {
        return DAY.plusDays(number);
    }

    private static MadeUpDay sums(int number, int kind) {
        return MadeUpDay.of(day(number), kind);
    }

    /** Fills days 0 to {@code count - 1}, each of a kind of its own. */
    private void fill(Scope scope, int count) {
        DaySums[] days = new DaySums[count];
        for (int number = 0; number < count; number++) {
            days[number] = sums(number, number + 1);
        }
        tables.replace(scope, replacement(0, day(0), day(count - 1), days), LONG);
    }

    private static SortedMap<LocalDate, Double> factors(double... factors) {
        SortedMap<LocalDate, Double> byDay = new TreeMap<>();
        for (int number = 0; number < factors.length; number++) {
            byDay.put(day(number), factors[number]);
        }
        return byDay;
    }

    /** What a reading gives, in the order in which it came. */
    private record Rows(TablesState state, List<PopularitySum> popularity, List<ItemSum> items, List<PairSum> pairs) {
        static Rows of(SumsReader reader, SortedMap<LocalDate, Double> factors) {
            Rows rows = new Rows(reader.state(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            reader.popularity(factors, rows.popularity::add);
            reader.items(factors, rows.items::add);
            reader.pairs(factors, rows.pairs::add);
            return rows;
        }
    }

    private Rows read(Scope scope, double... factors) {
        return tables.read(scope, reader -> Rows.of(reader, factors(factors)), LONG)
                .orElseThrow();
    }

    @Test
    public void aScopeThatWasNeverFilledHasNoState() {
        assertThat(tables.state(HOME, LONG)).isEmpty();
        assertThat(tables.read(HOME, SumsReader::state, LONG)).isEmpty();
        assertThat(tables.location()).isNotBlank();
    }

    @Test
    public void theStateIsWhatWasPut() {
        Replacement put = replacement(0, day(0), day(1), sums(0, 1), new NoRows(DayFigures.none(day(1))));
        TablesState filled = tables.replace(HOME, put, LONG);

        assertThat(filled.revision()).isEqualTo(1);
        assertThat(filled.id()).isEqualTo(put.id());
        assertThat(filled.settings()).isEqualTo("made up");
        assertThat(filled.filledAt()).isEqualTo(AT);
        assertThat(filled.days().values()).containsExactly(sums(0, 1).figures(), DayFigures.none(day(1)));
        assertThat(tables.state(HOME, LONG)).hasValue(filled);
        assertThat(read(HOME, 1, 1).state()).isEqualTo(filled);
    }

    @Test
    public void longSettingsOfManyLinesComeBackAsTheyWere() {
        String settings = "line=\u0130 \uD83D\uDE00 '\\n'\n" + "x".repeat(10_000) + "\n";
        tables.replace(HOME, new Replacement(0, "a-1", settings, AT, DAY, DAY, List.of(sums(0, 1))), LONG);

        assertThat(tables.state(HOME, LONG).orElseThrow().settings()).isEqualTo(settings);
    }

    @Test
    public void aDayComesBackWithTheSameBits() {
        fill(HOME, 1);
        Rows rows = read(HOME, 1);

        assertThat(rows.popularity)
                .containsExactlyInAnyOrderElementsOf(sums(0, 1).popularityRows());
        assertThat(rows.items).containsExactlyInAnyOrderElementsOf(sums(0, 1).itemRows());
        assertThat(rows.pairs).containsExactlyInAnyOrderElementsOf(sums(0, 1).pairRows());
    }

    @Test
    public void numbersAtTheEdgesOfDoublesComeBack() {
        List<PopularitySum> edges = List.of(
                new PopularitySum("", "none", 0, 1),
                new PopularitySum("", "least", Double.MIN_VALUE, 1),
                new PopularitySum("", "most", 1e300, Long.MAX_VALUE / 4));
        MadeUpDay day = new MadeUpDay(sums(0, 1).figures(), edges, List.of(), List.of());
        tables.replace(HOME, replacement(0, DAY, DAY, day), LONG);

        assertThat(read(HOME, 1).popularity).containsExactlyInAnyOrderElementsOf(edges);
    }

    @Test
    public void daysAreAddedUpInTheirOrderWithTheirFactors() {
        fill(HOME, 3);
        double[] factors = {0.25, 1.0 / 3, 1};
        Rows rows = read(HOME, factors);

        double amount = 0;
        double share = 0;
        double pair = 0;
        for (int number = 0; number < 3; number++) {
            MadeUpDay day = sums(number, number + 1);
            amount += factors[number] * day.popularityRows().get(0).amount();
            share += factors[number] * day.itemRows().get(0).share();
            pair += factors[number] * day.pairRows().get(1).share();
        }
        assertThat(rows.popularity)
                .contains(new PopularitySum("", "a", amount, 9), new PopularitySum("", "item-2", factors[1] / 3, 1))
                .hasSize(5);
        assertThat(rows.items).contains(new ItemSum("a", share)).hasSize(4);
        assertThat(rows.pairs).contains(new PairSum("a", "b", 6, pair)).hasSize(4);
    }

    @Test
    public void onlyTheDaysThatHaveAFactorAreRead() {
        fill(HOME, 3);
        SortedMap<LocalDate, Double> last = new TreeMap<>();
        last.put(day(2), 1.0);
        last.put(day(7), 1.0);
        Rows rows = tables.read(HOME, reader -> Rows.of(reader, last), LONG).orElseThrow();

        assertThat(rows.popularity)
                .containsExactlyInAnyOrderElementsOf(sums(2, 3).popularityRows());
        assertThat(rows.pairs).containsExactlyInAnyOrderElementsOf(sums(2, 3).pairRows());
        assertThat(rows.state.days()).hasSize(3);
    }

    @Test
    public void aDayThatIsPutAgainIsReplaced() {
        fill(HOME, 2);
        tables.replace(HOME, replacement(1, day(0), day(1), sums(0, 9)), LONG);
        Rows rows = read(HOME, 1, 0);

        assertThat(rows.state.revision()).isEqualTo(2);
        assertThat(rows.state.days().values())
                .containsExactly(sums(0, 9).figures(), sums(1, 2).figures());
        assertThat(rows.popularity)
                .contains(sums(0, 9).popularityRows().get(1))
                .doesNotContain(sums(0, 1).popularityRows().get(1));
    }

    @Test
    public void daysOutsideOfWhatIsKeptAreGone() {
        fill(HOME, 4);
        tables.replace(HOME, replacement(1, day(1), day(2), sums(1, 7)), LONG);

        assertThat(tables.state(HOME, LONG).orElseThrow().days().keySet()).containsExactly(day(1), day(2));
        assertThat(read(HOME, 1, 0, 0, 1).popularity)
                .extracting(PopularitySum::item)
                .doesNotContain("item-1", "item-4");
    }

    @Test
    public void textsAreToldApartByCodePoints() {
        List<String> alike =
                List.of("a", "A", "a ", " a", "\u00E4", "a\u0308", "\u0131", "\uD83D\uDE00", "a%", "a_", "'", "\\");
        List<PopularitySum> popularity = new ArrayList<>();
        List<ItemSum> items = new ArrayList<>();
        List<PairSum> pairs = new ArrayList<>();
        for (String text : alike) {
            popularity.add(new PopularitySum(text, "x", 1, 1));
            popularity.add(new PopularitySum("", text, 2, 1));
            items.add(new ItemSum(text, 3));
            pairs.add(new PairSum(text, "\uD83D\uDE01", 4, 4));
        }
        tables.replace(
                HOME, replacement(0, DAY, DAY, new MadeUpDay(sums(0, 1).figures(), popularity, items, pairs)), LONG);
        Rows rows = read(HOME, 1);

        assertThat(rows.popularity).containsExactlyInAnyOrderElementsOf(popularity);
        assertThat(rows.items).containsExactlyInAnyOrderElementsOf(items);
        assertThat(rows.pairs).containsExactlyInAnyOrderElementsOf(pairs);
    }

    @Test
    public void anotherScopeIsNotTouched() {
        fill(HOME, 2);
        fill(OTHER, 1);
        tables.replace(HOME, replacement(1, day(0), day(1), sums(1, 8)), LONG);

        assertThat(tables.state(OTHER, LONG).orElseThrow().revision()).isEqualTo(1);
        assertThat(read(OTHER, 1, 1).pairs)
                .containsExactlyInAnyOrderElementsOf(sums(0, 1).pairRows());
        assertThat(tables.state(new Scope("acme", "cart"), LONG)).isEmpty();
    }

    @Test
    public void anotherRevisionThanExpectedIsAConflictAndChangesNothing() {
        fill(HOME, 2);
        TablesState before = tables.state(HOME, LONG).orElseThrow();

        for (long expected : List.of(0L, 2L)) {
            assertThatExceptionOfType(ConflictException.class)
                    .isThrownBy(() -> tables.replace(HOME, replacement(expected, day(0), day(1), sums(0, 9)), LONG));
        }
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> tables.replace(OTHER, replacement(1, day(0), day(0), sums(0, 9)), LONG));
        assertThat(tables.state(HOME, LONG)).hasValue(before);
        assertThat(tables.state(OTHER, LONG)).isEmpty();
    }

    @Test
    public void aReplacementThatDiesBetweenDaysLeavesWhatWasThere() {
        fill(HOME, 2);
        Rows before = read(HOME, 1, 1);

        assertThatThrownBy(() ->
                        tables.replace(HOME, replacement(1, day(1), day(2), sums(1, 9), new DyingDay(day(2))), LONG))
                .hasStackTraceContaining(DyingDay.WHY);

        Rows after = read(HOME, 1, 1);
        assertThat(after.state).isEqualTo(before.state);
        assertThat(after.popularity).containsExactlyInAnyOrderElementsOf(before.popularity);
        assertThat(after.pairs).containsExactlyInAnyOrderElementsOf(before.pairs);
        assertThat(tables.replace(HOME, replacement(1, day(0), day(1), sums(1, 9)), LONG)
                        .revision())
                .isEqualTo(2);
    }

    @Test
    public void whatEndsAReadingReachesTheCaller() {
        fill(HOME, 1);
        assertThatThrownBy(() -> tables.read(
                        HOME,
                        reader -> {
                            reader.pairs(factors(1), row -> {
                                throw new IllegalStateException("enough");
                            });
                            return reader;
                        },
                        LONG))
                .hasStackTraceContaining("enough");
        assertThat(read(HOME, 1).pairs).hasSize(2);
    }

    @Test
    public void ofSeveralThatExpectTheSameRevisionOneWins() throws Exception {
        fill(HOME, 1);
        for (int round = 1; round <= 10; round++) {
            long expected = round;
            List<Object> outcomes;
            try (Race race = Race.of(3)) {
                outcomes = race.run(racer -> {
                    try {
                        return tables.replace(HOME, replacement(expected, DAY, DAY, sums(0, racer + 1)), LONG);
                    } catch (ConflictException e) {
                        return e;
                    }
                });
            }
            List<TablesState> made = outcomes.stream()
                    .filter(TablesState.class::isInstance)
                    .map(TablesState.class::cast)
                    .toList();
            assertThat(made).hasSize(1);
            assertThat(tables.state(HOME, LONG)).hasValue(made.get(0));
        }
    }

    @Test
    public void aReadingSeesOneRevisionWhileDaysAreReplaced() throws Exception {
        fill(HOME, 2);
        AtomicBoolean over = new AtomicBoolean();
        try (Race race = Race.of(1 + READERS)) {
            race.run(racer -> racer == 0 ? fillAgainAndAgain(over) : readUntil(over));
        }

        assertThat(tables.state(HOME, LONG).orElseThrow().revision()).isEqualTo(1L + FILLS);
    }

    /** Both days are always of one kind, and the kind is one that the state tells. */
    private Object fillAgainAndAgain(AtomicBoolean over) {
        Random random = new Random(7);
        try {
            for (int i = 1; i <= FILLS; i++) {
                int kind = 3 + random.nextInt(100);
                tables.replace(HOME, replacement(i, day(0), day(1), sums(0, kind), sums(1, kind)), LONG);
            }
            return over;
        } finally {
            over.set(true);
        }
    }

    private Object readUntil(AtomicBoolean over) {
        while (!over.get()) {
            Rows rows = read(HOME, 1, 1);
            if (rows.state.revision() > 1) {
                DayFigures last = List.copyOf(rows.state.days().values()).get(1);
                long kind = last.cutSessions();
                assertThat(rows.pairs)
                        .contains(new PairSum("a", "item-" + kind, 2, 2))
                        .hasSize(2);
                assertThat(rows.popularity)
                        .extracting(PopularitySum::item)
                        .contains("item-" + kind)
                        .hasSize(3);
            }
        }
        return over;
    }

    /** A day without rows. */
    private record NoRows(DayFigures figures) implements DaySums {
        @Override
        public void popularity(Consumer<PopularitySum> taker) {}

        @Override
        public void items(Consumer<ItemSum> taker) {}

        @Override
        public void pairs(Consumer<PairSum> taker) {}
    }

    /** A day that fails at its last row. */
    private record DyingDay(LocalDate day) implements DaySums {
        static final String WHY = "the process died";

        @Override
        public DayFigures figures() {
            return MadeUpDay.of(day, 5).figures();
        }

        @Override
        public void popularity(Consumer<PopularitySum> taker) {
            MadeUpDay.of(day, 5).popularity(taker);
        }

        @Override
        public void items(Consumer<ItemSum> taker) {
            MadeUpDay.of(day, 5).items(taker);
        }

        @Override
        public void pairs(Consumer<PairSum> taker) {
            MadeUpDay.of(day, 5).pairs(taker);
            throw new IllegalStateException(WHY);
        }
    }
}
