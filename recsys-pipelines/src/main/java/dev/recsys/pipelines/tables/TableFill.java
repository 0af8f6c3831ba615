package dev.recsys.pipelines.tables;

import dev.recsys.Scope;
import dev.recsys.artifact.Window;
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
import java.util.stream.IntStream;

/**
 * Fills tables with the sums of days. What is there changes in one transaction, or not at all; another fill of the same
 * scope meanwhile makes this one a {@link dev.recsys.ConflictException}.
 */
public final class TableFill {
    /** How many days before the filled ones matter: one is put anew, of whose sessions two more tell where they began. */
    public static final int DAYS_BEFORE = 3;

    /** How many days after the filled ones matter: one is put anew, of whose sessions one more tells whether they go on. */
    public static final int DAYS_AFTER = 2;

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
        DailySums.Span span = DailySums.Span.window(window.from(), window.until());
        Optional<TablesState> before = tables.state(scope, timeout);
        return put(DailySums.of(events, span, settings), window, before);
    }

    /**
     * Puts some days in place of those that are there, and keeps the others of the window that ends with the newest day. The
     * day before and the day after, where the tables have them, are put anew as well: a session that goes on over midnight
     * belongs to the later day.
     *
     * @param events those of these days, of {@link #DAYS_BEFORE} days before and of {@link #DAYS_AFTER} days after, as far as
     *     there are any; others do not matter
     * @param windowDays how many days to keep
     * @return what is there now
     * @throws IllegalArgumentException if nothing is there yet, what is there was made with other settings, a day would be
     *     missing between others, the events lack the day before or after, or none would be left; the message says what to do
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
        DayWindow put = DayWindow.between(
                neighbour(before, days.from().minusDays(1), kept, events).orElse(days.from()),
                neighbour(before, days.until().plusDays(1), kept, events).orElse(days.until()));
        LocalDate after = days.until().plusDays(DAYS_AFTER);
        DailySums.Span span = new DailySums.Span(
                days.from().minusDays(DAYS_BEFORE),
                put.from(),
                put.until(),
                after.isAfter(kept.until()) ? kept.until() : after); // later, a session would belong to no day at all
        return put(DailySums.of(events, span, settings), kept, Optional.of(before));
    }

    /** Returns a day beside those that are put if it is there and stays, for it has to be put anew. */
    private Optional<LocalDate> neighbour(TablesState before, LocalDate day, DayWindow kept, Events events) {
        Optional<DayFigures> there = Optional.ofNullable(before.days().get(day));
        if (there.isEmpty() || day.isBefore(kept.from())) {
            return Optional.empty();
        }
        Window span = new DayWindow(day, 1).span();
        long start = span.from().toEpochMilli();
        long end = span.to().toEpochMilli();
        boolean has = IntStream.range(0, events.size())
                .anyMatch(event -> events.millis(event) >= start && events.millis(event) < end);
        if (there.get().events() > 0 && !has) {
            throw new IllegalArgumentException("the events have none of " + day + ", of which the tables of " + scope
                    + " have " + there.get().events()
                    + ": sessions go on over midnight, so that the days beside those that are filled are needed too");
        }
        return Optional.of(day);
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
    private TablesState put(List<DaySums> sums, DayWindow kept, Optional<TablesState> before) {
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
