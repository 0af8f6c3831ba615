package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.events.EventFilter;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.pipelines.signals.SumSettings;
import dev.recsys.pipelines.tables.ModeComparison;
import dev.recsys.pipelines.tables.RequestSample;
import dev.recsys.pipelines.tables.ServedModes;
import dev.recsys.pipelines.tables.TableFill;
import dev.recsys.publish.Build;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.TablesState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/**
 * Fills tables of a database where a {@link SignalBuild} would write artifacts: from the same events, with the same
 * settings.
 *
 * <pre>{@code
 * SignalBuild build = SignalBuild.ofDays(days, new DayWindow(today, 30));
 * TableBuild.of(build, tables).fill();                                  // once: the whole window
 * TableBuild.of(build, tables).fill(new DayWindow(today, 1), 30);       // every day
 * }</pre>
 */
public final class TableBuild {
    private static final Duration STATE_TIMEOUT = Duration.ofSeconds(30);

    private final BuildSettings settings;
    private final SignalTables tables;

    private TableBuild(BuildSettings settings, SignalTables tables) {
        this.settings = settings;
        this.tables = tables;
    }

    /**
     * Takes a build's events and settings.
     *
     * @throws IllegalArgumentException if the build has other signals than popularity and co-visitation, chooses by
     *     evidence, or is set in a way that sums of days do not give; the message says what to set
     */
    public static TableBuild of(SignalBuild build, SignalTables tables) {
        BuildSettings settings = build.settings();
        if (settings.everySignal || !settings.signals.equals(Set.of(ArtifactType.POPULARITY, ArtifactType.COOC))) {
            throw new IllegalArgumentException("tables hold popularity and cooc, these two and no other signals");
        }
        if (settings.selects) {
            throw new IllegalArgumentException("tables are filled with settings that stay; --select chooses anew");
        }
        sums(settings);
        return new TableBuild(settings, tables);
    }

    /**
     * Puts the build's window in place of everything that is there, with its settings: what is served then is what the
     * build's artifacts serve. Without a window, that is the days from the first event to the last.
     *
     * @throws IllegalArgumentException if there is no event
     * @throws dev.recsys.ConflictException if another one filled the tables meanwhile; nothing changed
     * @throws IOException as {@link SignalBuild#into}
     */
    public FillReport fill() throws IOException {
        EventReader.Result read = read(settings);
        Optional<DayWindow> window = settings.days.map(BuildSettings.KeptDays::window);
        DayWindow days = window.orElseGet(() -> daysOf(settings.filter.window(), read.events()));
        return new FillReport(tableFill().window(read.events(), days), read.report());
    }

    /**
     * Puts some days in place of those that are there, and keeps the others of the window that ends with the newest day. Days
     * before and after are read as well, see {@link TableFill#days}.
     *
     * @param days which days; the build's own window does not matter
     * @param windowDays how many days to keep
     * @throws IllegalArgumentException as {@link TableFill#days}
     * @throws dev.recsys.ConflictException if another one filled the tables meanwhile; nothing changed
     * @throws IOException as {@link SignalBuild#into}
     */
    public FillReport fill(DayWindow days, int windowDays) throws IOException {
        EventReader.Result read = read(around(days));
        return new FillReport(tableFill().days(read.events(), days, windowDays), read.report());
    }

    /**
     * Builds artifacts from the same days with the settings of the tables, and asks a recommender over each the same. Needs the
     * events of all days that the tables hold.
     *
     * @param each how many requests with an item, and how many with recent items; see {@link RequestSample}
     * @param k how many items each asks for
     * @param folder for temporary files, which are deleted again
     * @throws IllegalArgumentException if the tables were never filled
     * @throws dev.recsys.NotReadyException if the tables or the artifacts cannot be loaded
     * @throws IOException as {@link SignalBuild#into}
     */
    public ModeComparison compare(int each, int k, Path folder) throws IOException {
        TablesState state = tables.state(settings.scope, STATE_TIMEOUT)
                .orElseThrow(() -> new IllegalArgumentException("the tables of " + settings.scope + " in "
                        + tables.location() + " were never filled; there is nothing to compare"));
        BuildSettings same = as(state);
        EventReader.Result read = read(same);
        Files.createDirectories(folder);
        Path temporary = Files.createTempDirectory(folder, "recsys-compare-");
        try {
            Build build = new BuildRun(same)
                    .write(read.events(), Baskets.of(read.events(), same.sessions), List.of(), Map.of(), temporary);
            return ServedModes.compare(build, tables, RequestSample.of(read.events(), settings.scope, each, k), folder);
        } finally {
            TrialTables.delete(temporary);
        }
    }

    /** Returns these settings with all that the tables say of theirs. */
    private BuildSettings as(TablesState state) {
        SumSettings sums = SumSettings.parse(state.settings());
        DayWindow days = DayWindow.between(state.days().firstKey(), state.days().lastKey());
        Set<String> ignored = sums.popularity().ignoredTypes();
        return within(settings, days).with(changed -> {
            changed.filter = new EventFilter(changed.filter.scope(), changed.filter.window(), ignored);
            changed.popularity = sums.popularity();
            changed.cooc = sums.cooc();
            changed.sessions = sums.sessions();
            changed.compatibilityGroup = sums.compatibilityGroup();
        });
    }

    private TableFill tableFill() {
        return TableFill.of(tables, settings.scope, sums(settings));
    }

    static SumSettings sums(BuildSettings settings) {
        return new SumSettings(settings.popularity, settings.cooc, settings.sessions, settings.compatibilityGroup);
    }

    static EventReader.Result read(BuildSettings settings) throws IOException {
        return new SignalBuild(settings).read();
    }

    private BuildSettings around(DayWindow days) throws IOException {
        LocalDate first = days.from().minusDays(TableFill.DAYS_BEFORE);
        LocalDate last = days.until().plusDays(TableFill.DAYS_AFTER);
        if (settings.days.isPresent()) {
            NavigableSet<LocalDate> kept = settings.days.get().folder().days();
            while (last.isAfter(days.until()) && !kept.contains(last)) {
                last = last.minusDays(1);
            }
        }
        return within(settings, DayWindow.between(first, last));
    }

    /** Returns settings that take the events of some days. */
    static BuildSettings within(BuildSettings settings, DayWindow days) {
        EventFilter filter = settings.filter;
        return settings.with(changed -> {
            changed.days = settings.days.map(kept -> new BuildSettings.KeptDays(kept.folder(), days));
            changed.filter = new EventFilter(filter.scope(), Optional.of(days.span()), filter.ignoredTypes());
        });
    }

    private static DayWindow daysOf(Optional<Window> window, Events events) {
        Instant first = window.map(Window::from).or(events::oldest).orElse(Instant.EPOCH);
        Instant last = window.map(span -> span.to().minus(1, ChronoUnit.MILLIS))
                .or(events::newest)
                .orElse(first);
        return DayWindow.between(
                LocalDate.ofInstant(first, ZoneOffset.UTC),
                LocalDate.ofInstant(last.isBefore(first) ? first : last, ZoneOffset.UTC));
    }
}
