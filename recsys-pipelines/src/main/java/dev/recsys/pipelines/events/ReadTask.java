package dev.recsys.pipelines.events;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One reading of some files.
 *
 * @param source which files, and how they are written
 * @param filter what is wanted of them
 * @param counts what was not wanted so far
 * @param quarantine what was no event so far
 */
record ReadTask(EventReader.Source source, EventFilter filter, IntakeCounts counts, Quarantine quarantine) {
    ReadTask(EventReader.Source source, EventFilter filter) {
        this(source, filter, new IntakeCounts(), new Quarantine());
    }

    /** Returns the format that is given, or else the one that the file's name tells. */
    EventFormat formatOf(Path file) {
        return source.format().orElseGet(() -> EventFormat.of(file));
    }

    /** Returns a file's records; of separated fields it looks at the first one. */
    RecordSource records(Path file, LineReader lines) throws IOException {
        return switch (formatOf(file)) {
            case CSV -> csv(file, lines);
            case JSONL -> new JsonlSource(lines, source.columns());
            case LISTS -> new ListSource(lines);
        };
    }

    /** Returns the records of a file of separated fields, after a look at the first one. */
    CsvSource csv(Path file, LineReader lines) throws IOException {
        String separator = source.separator().orElseGet(() -> EventFormat.separatorOf(file));
        return CsvSource.open(file, lines, separator, source.columns());
    }

    /** Returns what became of all lines. */
    ReadReport report(long lines, long events, long duplicates) {
        return new ReadReport(
                lines,
                events,
                duplicates,
                quarantine.malformedCount(),
                quarantine.setAsideCount(),
                counts.otherScope,
                counts.outsideWindow,
                counts.ignored,
                quarantine.malformed(),
                quarantine.setAside());
    }
}
