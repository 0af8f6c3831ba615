package dev.recsys.pipelines.events;

import java.util.EnumMap;
import java.util.Map;

/** The fields of one line as texts, empty where the line says nothing; used again for the next line. */
final class FieldValues {
    private final Map<EventField, String> values = new EnumMap<>(EventField.class);

    void clear() {
        values.clear();
    }

    void set(EventField field, String value) {
        values.put(field, value);
    }

    String get(EventField field) {
        return values.getOrDefault(field, "");
    }
}
