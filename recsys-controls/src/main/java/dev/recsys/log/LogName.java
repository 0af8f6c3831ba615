package dev.recsys.log;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file: {@code exposures-20260131T060000000Z-4711.jsonl}, then {@code ...-4711-1.jsonl} for the next one of the
 * same millisecond.
 *
 * @param kind what its lines are
 * @param start when it was begun
 * @param pid the process that wrote it
 * @param number tells files of one process and millisecond apart, from 0
 */
record LogName(String kind, Instant start, long pid, int number) {
    static final String PLAIN = ".jsonl";
    static final String PACKED = ".jsonl.gz";
    static final String UNFINISHED = ".jsonl.gz.tmp";

    static final Comparator<LogName> OLDEST_FIRST =
            Comparator.comparing(LogName::start).thenComparing(LogName::pid).thenComparing(LogName::number);

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuuMMdd'T'HHmmss")
            .appendValue(ChronoField.MILLI_OF_SECOND, 3)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern NAME =
            Pattern.compile("([a-z]+)-([0-9]{8}T[0-9]{9}Z)-([0-9]{1,18})(?:-([0-9]{1,9}))?");

    /** Returns what a file's name says; empty if it is no file of this kind that ends so. */
    static Optional<LogName> parse(Path file, String kind, String ending) {
        String name = file.getFileName().toString();
        if (!name.endsWith(ending)) {
            return Optional.empty();
        }
        Matcher parts = NAME.matcher(name.substring(0, name.length() - ending.length()));
        if (!parts.matches() || !parts.group(1).equals(kind)) {
            return Optional.empty();
        }
        try {
            Instant start = TIME.parse(parts.group(2), Instant::from);
            int number =
                    Optional.ofNullable(parts.group(4)).map(Integer::parseInt).orElse(0);
            return Optional.of(new LogName(kind, start, Long.parseLong(parts.group(3)), number));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    LogName next() {
        return new LogName(kind, start, pid, number + 1);
    }

    Path in(Path folder, String ending) {
        String suffix = number == 0 ? "" : "-" + number;
        return folder.resolve(kind + "-" + TIME.format(start) + "-" + pid + suffix + ending);
    }
}
