package dev.recsys.pipelines.events;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of a file that has something else than events, read by the same rules: gzip or not, UTF-8, lines of at most
 * 1 MiB, and a malformed record costs the line in which it begins and no other. Not safe for concurrent use.
 */
public final class FieldFile implements Closeable {
    private static final String IN_NO_LINE = "\n"; // so that the field is the line

    private final EventFile file;
    private final FieldLines records;

    /**
     * A record.
     *
     * @param line the number of the line in which it begins, from 1
     * @param fields the fields; of a file of whole lines, the line
     * @param problem what is wrong with it, if something is; there are no fields then
     */
    public record Fields(long line, List<String> fields, Optional<String> problem) {
        /** Copies the list. */
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    private FieldFile(EventFile file, String separator) {
        this.file = file;
        this.records = FieldLines.of(new LineReader(file.in()), separator);
    }

    /**
     * Opens a file of fields: with commas RFC 4180; with any other separator the fields as they are, without quotes.
     *
     * @throws IOException if it cannot be read
     */
    public static FieldFile separated(Path path, String separator) throws IOException {
        return new FieldFile(EventFile.open(path), separator);
    }

    /**
     * Opens a file whose records are lines.
     *
     * @throws IOException if it cannot be read
     */
    public static FieldFile lines(Path path) throws IOException {
        return new FieldFile(EventFile.open(path), IN_NO_LINE);
    }

    /**
     * Reads the next record that is not blank; empty at the end of the file.
     *
     * @throws IOException if the file cannot be read on; {@link java.io.EOFException} or {@link
     *     java.util.zip.ZipException} if it is gzip and cut off or damaged
     */
    public Optional<Fields> next() throws IOException {
        try {
            if (!records.next()) {
                return Optional.empty();
            }
        } catch (LineRefused e) {
            return Optional.of(new Fields(records.line(), List.of(), Optional.of(e.reason())));
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < records.fields(); i++) {
            fields.add(records.field(i));
        }
        return Optional.of(new Fields(records.line(), fields, Optional.empty()));
    }

    /** Reads a time as that of an event is read; empty if it is none. */
    public static Optional<Instant> time(String text) {
        try {
            return Optional.of(EventTime.parse(text));
        } catch (LineRefused e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
