package dev.recsys.pipelines.events;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the fields of a file are, as its first record and a mapping say: by name, then the record is a header; by position,
 * then it is data; or guessed, then it is a header if it names the columns or has no time where the others have one.
 */
final class CsvHeader {
    private final Map<EventField, Integer> columns;
    private final boolean firstIsData;

    private CsvHeader(Map<EventField, Integer> columns, boolean firstIsData) {
        this.columns = columns;
        this.firstIsData = firstIsData;
    }

    /**
     * Takes the first record, which is empty if the file is.
     *
     * @throws IllegalArgumentException if a column is missing or there twice
     */
    static CsvHeader of(Path file, List<String> first, EventColumns mapping) {
        if (first.isEmpty()) {
            return new CsvHeader(Map.of(), false);
        }
        if (mapping.isByPosition()) {
            return byPosition(file, first, mapping);
        }
        if (mapping.isGuessed() && !first.contains(mapping.columnOf(EventField.ITEM))) {
            return guessed(file, first);
        }
        Map<EventField, Integer> columns = new EnumMap<>(EventField.class);
        for (EventField field : EventField.values()) {
            int column = column(file, first, field, mapping);
            if (column >= 0) {
                columns.put(field, column);
            }
        }
        return new CsvHeader(columns, false);
    }

    Map<EventField, Integer> columns() {
        return columns;
    }

    /** Returns whether the first record is an event, too. */
    boolean firstIsData() {
        return firstIsData;
    }

    private static CsvHeader byPosition(Path file, List<String> first, EventColumns mapping) {
        Map<EventField, Integer> columns = new EnumMap<>(EventField.class);
        for (EventField field : EventField.values()) {
            int column = mapping.positionOf(field);
            if (column >= first.size()) {
                throw new IllegalArgumentException(file + " has " + first.size() + " columns, and no column "
                        + (column + 1) + " for " + field.logicalName());
            }
            if (column >= 0) {
                columns.put(field, column);
            }
        }
        return new CsvHeader(columns, true);
    }

    /** User and item; with three fields a time; with four a rating and a time. */
    private static CsvHeader guessed(Path file, List<String> first) {
        if (first.size() < 2 || first.size() > 4) {
            throw new IllegalArgumentException(file + " has no column 'item', and " + first.size()
                    + " columns; without names expected user, item; user, item, time; or user, item, rating, time."
                    + " Map the fields to columns, such as user=1,item=2,ts=5");
        }
        Map<EventField, Integer> columns = new EnumMap<>(EventField.class);
        columns.put(EventField.USER, 0);
        columns.put(EventField.ITEM, 1);
        if (first.size() > 2) {
            columns.put(EventField.TS, first.size() - 1);
        }
        boolean named = first.size() == 2
                ? first.get(0).toLowerCase(Locale.ROOT).startsWith("user")
                : !isTime(first.get(first.size() - 1));
        return new CsvHeader(columns, !named);
    }

    private static boolean isTime(String text) {
        try {
            EventTime.parse(text);
            return true;
        } catch (LineRefused e) {
            return false;
        }
    }

    private static int column(Path file, List<String> header, EventField field, EventColumns mapping) {
        String name = mapping.columnIn(header, field);
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
