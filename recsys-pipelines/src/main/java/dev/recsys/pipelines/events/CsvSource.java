package dev.recsys.pipelines.events;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The records of a CSV file as fields of events; the first record is the header. */
final class CsvSource implements RecordSource {
    private final CsvLines lines;
    private final Map<EventField, Integer> columns = new EnumMap<>(EventField.class);
    private final int headerFields;

    /**
     * Reads the header.
     *
     * @throws IllegalArgumentException if it is malformed or lacks a column
     */
    CsvSource(Path file, InputStream in, EventColumns mapping) throws IOException {
        this.lines = new CsvLines(in);
        List<String> header = header(file);
        this.headerFields = header.size();
        if (!header.isEmpty()) {
            for (EventField field : EventField.values()) {
                int column = column(file, header, field, mapping);
                if (column >= 0) {
                    columns.put(field, column);
                }
            }
        }
    }

    @Override
    public long line() {
        return lines.line();
    }

    @Override
    public boolean next(FieldValues values) throws IOException, LineRefused {
        if (!lines.next()) {
            return false;
        }
        if (lines.csv().fields() != headerFields) {
            throw LineRefused.malformed("has " + lines.csv().fields() + " fields; the header has " + headerFields);
        }
        values.clear();
        columns.forEach((field, column) -> values.set(field, lines.csv().field(column)));
        return true;
    }

    /** Returns the names of the columns; none if the file is empty. */
    private List<String> header(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            if (lines.next()) {
                for (int i = 0; i < lines.csv().fields(); i++) {
                    names.add(lines.csv().field(i).strip());
                }
            }
            return names;
        } catch (LineRefused e) {
            throw new IllegalArgumentException(
                    "The header of " + file + ", line " + lines.line() + ", " + e.reason(), e);
        }
    }

    private static int column(Path file, List<String> header, EventField field, EventColumns mapping) {
        String name = mapping.columnOf(field);
        int column = header.indexOf(name);
        if (column < 0 && mapping.isRequired(field)) {
            throw new IllegalArgumentException(file + " has no column '" + name + "' for " + field.logicalName()
                    + "; it has " + String.join(", ", header)
                    + ". Map the fields to columns, such as ts=invoice_time,item=sku");
        }
        if (column != header.lastIndexOf(name)) {
            throw new IllegalArgumentException(file + " has the column '" + name + "' for " + field.logicalName()
                    + " twice; name its columns differently");
        }
        return column;
    }
}
