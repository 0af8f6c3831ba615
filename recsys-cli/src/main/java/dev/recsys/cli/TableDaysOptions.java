package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which days of tables are filled, and from where. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class TableDaysOptions {
    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How many days the tables hold afterwards, such as 30d; by default all that --events have.")
    private @Nullable Duration window;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            description = "The last day, such as 2026-01-31, in UTC; of --days by default the newest one.")
    private @Nullable LocalDate until;

    @Option(
            names = "--put",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Put only so many of the last days, such as 1d, and keep the others that are there.")
    private @Nullable Duration put;

    /** The days that are put, and how many are kept with them. */
    record Put(DayWindow days, int windowDays) {}

    /** Builds from days that are kept. */
    SignalBuild build(DayFolder kept) throws IOException {
        return SignalBuild.ofDays(kept, window(until == null ? newest(kept) : until));
    }

    /** Builds from the files of a build, which are all taken unless a window is named. */
    SignalBuild build(SignalBuild ofFiles) {
        if (until == null && window == null) {
            return ofFiles;
        }
        if (until == null) {
            throw new IllegalArgumentException("--until is missing; name the last day of the window of --events");
        }
        return ofFiles.window(window(until).span());
    }

    /** Returns which days are to be put; empty for the whole window. */
    Optional<Put> put(Optional<DayFolder> kept) throws IOException {
        if (put == null) {
            return Optional.empty();
        }
        if (until == null && kept.isEmpty()) {
            throw new IllegalArgumentException("--until is missing; with --put, name the last day of --events");
        }
        LocalDate last = until == null ? newest(kept.orElseThrow()) : until;
        int days = wholeDays("--put", put);
        return Optional.of(new Put(new DayWindow(last, days), window(last).days()));
    }

    private DayWindow window(LocalDate last) {
        if (window == null) {
            throw new IllegalArgumentException("--window is missing; say how long the window is, such as 30d");
        }
        return new DayWindow(last, wholeDays("--window", window));
    }

    private static int wholeDays(String option, Duration time) {
        if (time.isZero() || !Duration.ofDays(time.toDays()).equals(time)) {
            throw new IllegalArgumentException(option + " is " + time + "; expected whole days such as 30d");
        }
        return Math.toIntExact(time.toDays());
    }

    /** Returns the newest day that is kept. */
    static LocalDate newest(DayFolder kept) throws IOException {
        NavigableSet<LocalDate> all = kept.days();
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "no day of " + kept.scope() + " is kept there; write days with: recsys day");
        }
        return all.last();
    }

    /** Returns the folder of kept days. */
    static Optional<DayFolder> folder(@Nullable Path root, Scope scope, ReadOptions read) {
        if (root != null && read.isSaid()) {
            throw new IllegalArgumentException(
                    "--days are read as they were kept: leave out --events and how they are read");
        }
        return Optional.ofNullable(root).map(there -> DayFolder.of(there, scope));
    }
}
