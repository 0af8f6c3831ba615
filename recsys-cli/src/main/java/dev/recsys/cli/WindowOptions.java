package dev.recsys.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
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

    @Nullable
    Path days() {
        return days;
    }

    @Nullable
    LocalDate until() {
        return until;
    }

    /** Returns how many days the window has. */
    int length() {
        if (window == null) {
            throw new IllegalArgumentException("--window is missing; say how long the window is, such as 30d");
        }
        return wholeDays(window);
    }

    /** Requires nothing to be said about a window where there are no days. */
    void requireNone() {
        if (window != null || until != null) {
            throw new IllegalArgumentException("--window and --until are of --days, which is not there");
        }
    }

    static int wholeDays(Duration window) {
        if (window.isZero() || !Duration.ofDays(window.toDays()).equals(window)) {
            throw new IllegalArgumentException("--window is " + window + "; expected whole days such as 30d");
        }
        return Math.toIntExact(window.toDays());
    }
}
