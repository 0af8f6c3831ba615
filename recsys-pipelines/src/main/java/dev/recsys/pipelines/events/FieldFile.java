package dev.recsys.pipelines.events;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private final EventFile file;
    private final Optional<CsvLines> csv;
    private final LineReader lines;

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

    private FieldFile(EventFile file, Optional<CsvLines> csv) {
        this.file = file;
        this.csv = csv;
        this.lines = new LineReader(file.in());
    }

    /**
     * Opens a file of RFC 4180: commas and double quotes.
     *
     * @throws IOException if it cannot be read
     */
    public static FieldFile csv(Path path) throws IOException {
        EventFile file = EventFile.open(path);
        return new FieldFile(file, Optional.of(new CsvLines(file.in())));
    }

    /**
     * Opens a file whose records are lines.
     *
     * @throws IOException if it cannot be read
     */
    public static FieldFile lines(Path path) throws IOException {
        return new FieldFile(EventFile.open(path), Optional.empty());
    }

    /**
     * Reads the next record that is not blank; empty at the end of the file.
     *
     * @throws IOException if the file cannot be read on; {@link java.io.EOFException} or {@link
     *     java.util.zip.ZipException} if it is gzip and cut off or damaged
     */
    public Optional<Fields> next() throws IOException {
        return csv.isPresent() ? nextOf(csv.get()) : nextLine();
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

    private static Optional<Fields> nextOf(CsvLines csv) throws IOException {
        try {
            if (!csv.next()) {
                return Optional.empty();
            }
        } catch (LineRefused e) {
            return Optional.of(new Fields(csv.line(), List.of(), Optional.of(e.reason())));
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < csv.fields(); i++) {
            fields.add(csv.field(i));
        }
        return Optional.of(new Fields(csv.line(), fields, Optional.empty()));
    }

    private Optional<Fields> nextLine() throws IOException {
        while (lines.next()) {
            if (LineCheck.isBlank(lines.bytes(), lines.length())) {
                continue;
            }
            try {
                LineCheck.requireLength(lines.isTooLong());
                LineCheck.requireText(lines.bytes(), lines.length());
            } catch (LineRefused e) {
                return Optional.of(new Fields(lines.number(), List.of(), Optional.of(e.reason())));
            }
            String line = new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8);
            return Optional.of(new Fields(lines.number(), List.of(line), Optional.empty()));
        }
        return Optional.empty();
    }
}
