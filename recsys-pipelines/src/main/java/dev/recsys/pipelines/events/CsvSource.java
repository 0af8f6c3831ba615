package dev.recsys.pipelines.events;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The records of a file of separated fields as fields of events; what its first record is, {@link CsvHeader} says. */
final class CsvSource implements RecordSource {
    private final FieldLines lines;
    private final Map<EventField, Integer> columns;
    private final int expectedFields;
    private final String firstLine;
    private boolean firstIsData;

    /**
     * Reads the first record.
     *
     * @param separator a comma for RFC 4180, else fields are taken as they are
     * @throws IllegalArgumentException if it is malformed or lacks a column
     */
    CsvSource(Path file, InputStream in, String separator, EventColumns mapping) throws IOException {
        this.lines = FieldLines.of(in, separator);
        List<String> first = first(file);
        CsvHeader header = CsvHeader.of(file, first, mapping);
        this.columns = header.columns();
        this.firstIsData = header.firstIsData();
        this.expectedFields = first.size();
        this.firstLine = firstIsData ? "the first line" : "the header";
    }

    @Override
    public long line() {
        return lines.line();
    }

    @Override
    public boolean next(FieldValues values) throws IOException, LineRefused {
        if (!firstIsData && !lines.next()) {
            return false;
        }
        firstIsData = false;
        if (lines.fields() != expectedFields) {
            throw LineRefused.malformed("has " + lines.fields() + " fields; " + firstLine + " has " + expectedFields);
        }
        values.clear();
        columns.forEach((field, column) -> values.set(field, lines.field(column)));
        if (!columns.containsKey(EventField.TS)) {
            values.set(EventField.TS, EventTime.NONE);
        }
        return true;
    }

    /** Returns the fields of the first record; none if the file is empty. */
    private List<String> first(Path file) throws IOException {
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
