package dev.recsys.pipelines.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an event can say. */
enum EventField {
    EVENT_ID,
    TS,
    TENANT,
    SURFACE,
    TYPE,
    USER,
    SESSION,
    ITEM,
    VALUE,
    SEGMENT;

    /** Returns the name that users write. */
    String logicalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isRequired() {
        return this == TS || this == ITEM;
    }

    static Optional<EventField> named(String logicalName) {
        return Arrays.stream(values())
                .filter(field -> field.logicalName().equals(logicalName))
                .findFirst();
    }

    static String allNames() {
        return Arrays.stream(values()).map(EventField::logicalName).collect(Collectors.joining(", "));
    }
}
