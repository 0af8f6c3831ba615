package dev.recsys.pipelines.events;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which column of a CSV file, or which key of a JSON object, holds which field of an event. Immutable.
 *
 * <p>The fields are {@code event_id, ts, tenant, surface, type, user, session, item, value, segment}; {@code ts} and
 * {@code item} must be there. A field that is not mapped is looked for under its own name. Where every column that is mapped
 * is a number, columns are counted from 1, the file has no header, and fields that are not mapped are not there; then
 * {@code ts} may be missing, and all events are of one time.
 */
public final class EventColumns {
    /** Every field under its own name. */
    public static final EventColumns DEFAULT = new EventColumns(new EnumMap<>(EventField.class), false);

    /**
     * As {@link #DEFAULT}, but a file that names no column {@code item} is taken for {@code user, item}, {@code user, item,
     * time} or {@code user, item, rating, time}, with names in its first line or not. Without a time, all events are of one
     * time. In a file that names {@code item}, the time may be called {@code time} or {@code timestamp} as well.
     */
    public static final EventColumns GUESSED = new EventColumns(new EnumMap<>(EventField.class), true);

    private static final int MAX_DIGITS = 4;
    private static final List<String> TIME_NAMES = List.of("time", "timestamp");

    private final Map<EventField, String> mapped;
    private final boolean guessed;

    private EventColumns(Map<EventField, String> mapped, boolean guessed) {
        this.mapped = mapped;
        this.guessed = guessed;
    }

    /**
     * Reads a mapping such as {@code ts=invoice_time,session=invoice,item=sku}.
     *
     * @throws IllegalArgumentException if it is not of that form, or as {@link #of(Map)}
     */
    public static EventColumns parse(String mapping) {
        Map<String, String> columns = new TreeMap<>();
        for (String pair : mapping.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("columns: '" + pair
                        + "' is not of the form field=column; expected pairs such as ts=invoice_time,item=sku");
            }
            String field = pair.substring(0, equals).strip();
            if (columns.put(field, pair.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("columns: field '" + field + "' is mapped twice");
            }
        }
        return of(columns);
    }

    /**
     * Takes a mapping from field to column.
     *
     * @throws IllegalArgumentException if a field is unknown, a column's name is blank, or columns are counted and none is that of
     *     {@code item}
     */
    public static EventColumns of(Map<String, String> columns) {
        Map<EventField, String> mapped = new EnumMap<>(EventField.class);
        columns.forEach((name, column) -> mapped.put(field(name), requireColumn(name, column)));
        EventColumns all = new EventColumns(mapped, false);
        if (all.isByPosition() && !mapped.containsKey(EventField.ITEM)) {
            throw new IllegalArgumentException("columns are counted, and none is mapped to item");
        }
        return all;
    }

    String columnOf(EventField field) {
        return mapped.getOrDefault(field, field.logicalName());
    }

    /** Returns the column of a field in a file with names; where columns are guessed, a time may be called otherwise. */
    String columnIn(List<String> header, EventField field) {
        String column = columnOf(field);
        if (!guessed || field != EventField.TS || header.contains(column)) {
            return column;
        }
        return TIME_NAMES.stream().filter(header::contains).findFirst().orElse(column);
    }

    boolean isRequired(EventField field) {
        return field.isRequired() || mapped.containsKey(field);
    }

    boolean isGuessed() {
        return guessed;
    }

    /** Returns whether columns are counted. */
    boolean isByPosition() {
        return !mapped.isEmpty() && mapped.values().stream().allMatch(EventColumns::isPosition);
    }

    /** Returns the column of a field, from 0, or -1; where columns are counted. */
    int positionOf(EventField field) {
        return Integer.parseInt(mapped.getOrDefault(field, "0")) - 1;
    }

    private static boolean isPosition(String column) {
        return column.length() <= MAX_DIGITS
                && column.chars().allMatch(c -> c >= '0' && c <= '9')
                && !column.startsWith("0");
    }

    private static EventField field(String name) {
        Optional<EventField> field = EventField.named(name);
        return field.orElseThrow(() -> new IllegalArgumentException(
                "columns: there is no field '" + name + "'; expected one of " + EventField.allNames()));
    }

    private static String requireColumn(String field, String column) {
        if (column.isBlank()) {
            throw new IllegalArgumentException("columns: the column for field '" + field + "' is blank");
        }
        return column;
    }
}
