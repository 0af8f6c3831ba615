package dev.recsys.pipelines.tables;

import dev.recsys.Scope;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.DailySums;
import dev.recsys.pipelines.signals.SumSettings;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.Replacement;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.TablesState;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Fills tables with the sums of days. What is there changes in one transaction, or not at all; another fill of the same
 * scope meanwhile makes this one a {@link dev.recsys.ConflictException}.
 */
public final class TableFill {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private final SignalTables tables;
    private final Scope scope;
    private final SumSettings settings;
    private final InstantSource clock;
    private final Duration timeout;

    private TableFill(SignalTables tables, Scope scope, SumSettings settings, InstantSource clock, Duration timeout) {
        this.tables = tables;
        this.scope = scope;
        this.settings = settings;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** Fills a scope's tables, within ten minutes. */
    public static TableFill of(SignalTables tables, Scope scope, SumSettings settings) {
        return new TableFill(tables, scope, settings, InstantSource.system(), DEFAULT_TIMEOUT);
    }

    /** Returns one that lets the database take so long. */
    public TableFill timeout(Duration longest) {
        return new TableFill(tables, scope, settings, clock, longest);
    }

    /** Returns one that dates what it fills by another clock. */
    public TableFill clock(InstantSource other) {
        return new TableFill(tables, scope, settings, other, timeout);
    }

    /**
     * Puts a window in place of everything that is there, with these settings. What is served then is what a build of the
     * same events serves.
     *
     * @return what is there now
     * @throws IllegalArgumentException if no event is within the window
     */
    public TablesState window(Events events, DayWindow window) {
        return put(events, window, window, tables.state(scope, timeout));
    }

    /**
     * Puts some days in place of those that are there, and keeps the others of the window that ends with the newest day.
     * Sessions that go on before the first or after the last of these days are cut there; events of the day before and the
     * day after, if they are given, tell how many.
     *
     * @param windowDays how many days to keep
     * @return what is there now
     * @throws IllegalArgumentException if nothing is there yet, what is there was made with other settings, a day would be
     *     missing between others, or no event would be left; the message says what to do
     */
    public TablesState days(Events events, DayWindow days, int windowDays) {
        TablesState before = tables.state(scope, timeout)
                .orElseThrow(() -> new IllegalArgumentException("the tables of " + scope + " in " + tables.location()
                        + " were never filled; fill a whole window first"));
        if (!SumSettings.parse(before.settings()).equals(settings)) {
            throw new IllegalArgumentException("the tables of " + scope + " in " + tables.location()
                    + " were filled with other settings. Fill the whole window again to change them. There:\n"
                    + before.settings() + "Now:\n" + settings.text());
        }
        LocalDate newest = before.days().lastKey();
        DayWindow kept = new DayWindow(days.until().isAfter(newest) ? days.until() : newest, windowDays);
        requireWhole(before, days, kept);
        return put(events, days, kept, Optional.of(before));
    }

    private void requireWhole(TablesState before, DayWindow days, DayWindow kept) {
        if (days.from().isBefore(kept.from())) {
            throw new IllegalArgumentException(days.from() + " is before " + kept.from() + ", the first of the "
                    + kept.days() + " days that are kept; leave it out, or keep more days");
        }
        LocalDate first = before.days().firstKey();
        LocalDate last = before.days().lastKey();
        boolean gapAfter = last.isBefore(days.from().minusDays(1)) && !last.isBefore(kept.from());
        boolean gapBefore = first.isAfter(days.until().plusDays(1));
        if (gapAfter || gapBefore) {
            throw new IllegalArgumentException(
                    "the tables of " + scope + " have the days from " + first + " to " + last
                            + "; with those from " + days.from() + " to " + days.until()
                            + " alone, days between would be missing. Fill them as well, also those on which nothing happened.");
        }
    }

    /** An empty window would empty every list: that is a mistake in the files, and not what anybody wants served. */
    private TablesState put(Events events, DayWindow days, DayWindow kept, Optional<TablesState> before) {
        List<DaySums> sums = DailySums.of(events, days.from(), days.until(), settings);
        SortedMap<LocalDate, DayFigures> after = new TreeMap<>();
        before.ifPresent(state ->
                after.putAll(state.days().subMap(kept.from(), kept.until().plusDays(1))));
        sums.forEach(day -> after.put(day.figures().day(), day.figures()));
        if (after.values().stream().allMatch(day -> day.events() == 0)) {
            throw new IllegalArgumentException("no event of " + scope + " is within " + kept.from() + " to "
                    + kept.until() + "; the tables stay as they are. Are these the right files?");
        }
        return tables.replace(
                scope,
                new Replacement(
                        before.map(TablesState::revision).orElse(0L),
                        UUID.randomUUID().toString(),
                        settings.text(),
                        clock.instant(),
                        kept.from(),
                        kept.until(),
                        sums),
                timeout);
    }
}
