package dev.recsys.pipelines.events;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which column of a CSV file, or which key of a JSON object, holds which field of an event. Immutable.
 *
 * <p>The fields are {@code event_id, ts, tenant, surface, type, user, session, item, value, segment}; {@code ts} and
 * {@code item} must be there. A field that is not mapped is looked for under its own name.
 */
public final class EventColumns {
    /** Every field under its own name. */
    public static final EventColumns DEFAULT = new EventColumns(new EnumMap<>(EventField.class));

    private final Map<EventField, String> mapped;

    private EventColumns(Map<EventField, String> mapped) {
        this.mapped = mapped;
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
     * @throws IllegalArgumentException if a field is unknown or a column's name is blank
     */
    public static EventColumns of(Map<String, String> columns) {
        Map<EventField, String> mapped = new EnumMap<>(EventField.class);
        columns.forEach((name, column) -> mapped.put(field(name), requireColumn(name, column)));
        return new EventColumns(mapped);
    }

    String columnOf(EventField field) {
        return mapped.getOrDefault(field, field.logicalName());
    }

    boolean isRequired(EventField field) {
        return field.isRequired() || mapped.containsKey(field);
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
