package dev.recsys.pipelines.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The records of a file of separated fields as fields of events; what its first record is, {@link CsvHeader} says. */
final class CsvSource implements RecordSource {
    private final FieldLines lines;
    private final CsvLayout layout;
    private boolean firstIsData;

    private CsvSource(FieldLines lines, CsvLayout layout, boolean firstIsData) {
        this.lines = lines;
        this.layout = layout;
        this.firstIsData = firstIsData;
    }

    /**
     * Reads the first record.
     *
     * @param separator a comma for RFC 4180, else fields are taken as they are
     * @throws IllegalArgumentException if it is malformed or lacks a column
     */
    static CsvSource open(Path file, LineReader reader, String separator, EventColumns mapping) throws IOException {
        FieldLines lines = FieldLines.of(reader, separator);
        List<String> first = first(file, lines);
        CsvHeader header = CsvHeader.of(file, first, mapping);
        String firstLine = header.firstIsData() ? "the first line" : "the header";
        CsvLayout layout = new CsvLayout(separator, header.columns(), first.size(), firstLine);
        return new CsvSource(lines, layout, header.firstIsData());
    }

    /** Goes on with records that are laid out as others that were read. */
    static CsvSource goingOn(LineReader reader, CsvLayout layout) {
        return new CsvSource(FieldLines.of(reader, layout.separator()), layout, false);
    }

    CsvLayout layout() {
        return layout;
    }

    @Override
    public long line() {
        return lines.line();
    }

    @Override
    public boolean isAhead() {
        return firstIsData || lines.isAhead();
    }

    @Override
    public boolean next(FieldValues values) throws IOException, LineRefused {
        if (!firstIsData && !lines.next()) {
            return false;
        }
        firstIsData = false;
        if (lines.fields() != layout.fields()) {
            throw LineRefused.malformed(
                    "has " + lines.fields() + " fields; " + layout.firstLine() + " has " + layout.fields());
        }
        values.clear();
        layout.columns().forEach((field, column) -> values.set(field, lines.field(column)));
        if (layout.isTimeless()) {
            values.set(EventField.TS, EventTime.NONE);
        }
        return true;
    }

    /** Returns the fields of the first record; none if the file is empty. */
    private static List<String> first(Path file, FieldLines lines) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            if (lines.next()) {
                for (int i = 0; i < lines.fields(); i++) {
                    names.add(lines.field(i).strip());
                }
            }
            return names;
        } catch (LineRefused e) {
            throw new IllegalArgumentException(
                    "The header of " + file + ", line " + lines.line() + ", " + e.reason(), e);
        }
    }
}
