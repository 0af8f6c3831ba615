package dev.recsys.cli;

import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.days.DayReader;
import dev.recsys.pipelines.events.EventColumns;
import dev.recsys.pipelines.events.EventFormat;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.progress.ProgressListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which files of events to read, and how. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class ReadOptions {
    private static final double DEFAULT_MAX_BAD = 0.05;

    @Option(
            names = "--events",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files of events: JSONL, CSV or lists, also gzip.")
    private List<Path> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "jsonl, csv, or lists: a user and items a line, with blanks; by default by the files' names.")
    private @Nullable String format;

    @Option(
            names = "--separator",
            paramLabel = "TEXT",
            description =
                    "Between the fields of csv, such as ; or :: or tab; by default by the files' names, a comma for"
                            + " .csv. With another than a comma there are no quotes.")
    private @Nullable String separator;

    @Option(
            names = "--columns",
            paramLabel = "FIELD=COLUMN,..",
            description =
                    "Where the fields are: event_id, ts, tenant, surface, type, user, session, item, value, segment."
                            + " Numbers count columns from 1, of files without a header."
                            + " Times are ISO-8601 (without an offset: UTC), or seconds or milliseconds since 1970.")
    private @Nullable String columns;

    @Option(
            names = "--max-bad",
            paramLabel = "SHARE",
            description = "The largest share of malformed lines; above, nothing is built (default: 0.05).")
    private double maxBad = DEFAULT_MAX_BAD;

    /** Returns the files that are named. */
    List<Path> files() {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("--events is missing; name the files of events");
        }
        return files;
    }

    /** Sets how files are read. */
    SignalBuild applyTo(SignalBuild start) {
        SignalBuild build = start.maxBad(maxBad);
        build = format == null ? build : build.format(eventFormat(format));
        build = columns == null ? build : build.columns(EventColumns.parse(columns));
        return separator == null ? build : build.separator(between(separator));
    }

    /** Returns what reads the files that are named day by day. */
    DayReader dayReader(ProgressListener progress) {
        Optional<EventFormat> written = Optional.ofNullable(format).map(ReadOptions::eventFormat);
        EventColumns fields = columns == null ? EventColumns.DEFAULT : EventColumns.parse(columns);
        Optional<String> between = Optional.ofNullable(separator).map(ReadOptions::between);
        return new DayReader(new EventReader.Source(files(), written, fields, between), maxBad, progress);
    }

    boolean hasFiles() {
        return !files.isEmpty();
    }

    boolean hasColumns() {
        return columns != null;
    }

    /** Returns whether something is said about how files are read. */
    boolean isSaid() {
        return hasFiles() || hasColumns() || format != null || separator != null || maxBad != DEFAULT_MAX_BAD;
    }

    /** Returns the separator that an option names. */
    static String between(String separator) {
        return separator.equals("tab") ? "\t" : separator;
    }

    private static EventFormat eventFormat(String name) {
        try {
            return EventFormat.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--format is '" + name + "'; expected jsonl, csv or lists", e);
        }
    }
}
