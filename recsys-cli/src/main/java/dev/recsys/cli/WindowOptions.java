package dev.recsys.cli;

import dev.recsys.Scope;
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

/** Which days that are kept a build takes. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class WindowOptions {
    @Option(names = "--days", paramLabel = "DIR", description = "Build from the days that are kept in this folder.")
    private @Nullable Path days;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Of --days: how long the window is, in whole days such as 30d.")
    private @Nullable Duration window;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            description = "Of --days: the last day of the window, such as 2026-01-31; by default the newest one.")
    private @Nullable LocalDate until;

    /** Returns where the days are kept; empty if the events are not to come from there. */
    Optional<DayFolder> days(Scope scope) {
        if (days == null && (window != null || until != null)) {
            throw new IllegalArgumentException("--window and --until are of --days, which is not there");
        }
        return Optional.ofNullable(days).map(root -> DayFolder.of(root, scope));
    }

    /** Returns which of the days that are kept are wanted. */
    DayWindow of(DayFolder kept) throws IOException {
        if (window == null) {
            throw new IllegalArgumentException("--window is missing; say how long the window is, such as 30d");
        }
        int length = wholeDays(window);
        return new DayWindow(until == null ? newest(kept) : until, length);
    }

    private LocalDate newest(DayFolder kept) throws IOException {
        NavigableSet<LocalDate> all = kept.days();
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "no day of " + kept.scope() + " is kept in " + days + "; write days with: recsys day");
        }
        return all.last();
    }

    static int wholeDays(Duration window) {
        if (window.isZero() || !Duration.ofDays(window.toDays()).equals(window)) {
            throw new IllegalArgumentException("--window is " + window + "; expected whole days such as 30d");
        }
        return Math.toIntExact(window.toDays());
    }
}
