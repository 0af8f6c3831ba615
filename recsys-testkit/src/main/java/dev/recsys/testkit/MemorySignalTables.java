package dev.recsys.testkit;

import dev.recsys.ConflictException;
import dev.recsys.Scope;
import dev.recsys.StoreUnavailableException;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.Replacement;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.SumsReader;
import dev.recsys.sums.TablesState;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tables in memory that keep the whole contract but durability, for tests. A revision is a value that nobody changes, so
 * that readings and replacements need not wait for each other.
 */
public final class MemorySignalTables implements SignalTables {
    private final Map<Scope, MemorySums> scopes = new ConcurrentHashMap<>();
    private volatile boolean away;

    /** Creates tables that nothing was ever filled into. */
    public MemorySignalTables() {}

    /** Lets every call fail as an outage does from now on, or no longer. */
    public void away(boolean isAway) {
        this.away = isAway;
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public Optional<TablesState> state(Scope scope, Duration timeout) {
        requireThere();
        return Optional.ofNullable(scopes.get(scope)).map(SumsReader::state);
    }

    @Override
    public TablesState replace(Scope scope, Replacement replacement, Duration timeout) {
        requireThere();
        MemorySums before = scopes.get(scope);
        requireExpected(scope, replacement, before);
        MemorySums next = next(replacement, before);
        scopes.compute(scope, (key, now) -> {
            requireExpected(scope, replacement, now);
            return next;
        });
        return next.state();
    }

    @Override
    public <T> Optional<T> read(Scope scope, Function<SumsReader, T> reading, Duration timeout) {
        requireThere();
        return Optional.ofNullable(scopes.get(scope)).map(reading);
    }

    private static MemorySums next(Replacement replacement, @Nullable MemorySums before) {
        SortedMap<LocalDate, MemorySums.Day> days = new TreeMap<>();
        if (before != null) {
            days.putAll(
                    before.days().subMap(replacement.from(), replacement.until().plusDays(1)));
        }
        for (DaySums sums : replacement.days()) {
            days.put(sums.figures().day(), MemorySums.Day.of(sums));
        }
        SortedMap<LocalDate, DayFigures> figures = new TreeMap<>();
        days.forEach((day, sums) -> figures.put(day, sums.figures()));
        TablesState state = new TablesState(
                replacement.expected() + 1, replacement.id(), replacement.settings(), replacement.filledAt(), figures);
        return new MemorySums(state, days);
    }

    private static void requireExpected(Scope scope, Replacement replacement, @Nullable MemorySums now) {
        long revision = now == null ? 0 : now.state().revision();
        if (revision != replacement.expected()) {
            throw new ConflictException("The tables of " + scope + " are at revision " + revision + ", expected "
                    + replacement.expected() + ": another one filled them meanwhile.");
        }
    }

    private void requireThere() {
        if (away) {
            throw new StoreUnavailableException("the tables are away");
        }
    }
}
