package dev.recsys.pipelines.events;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects events by the UTC day of their time. */
final class DaySplitter {
    private static final long DAY_MILLIS = 86_400_000;

    private final Map<Long, PackedEventsBuilder> days = new HashMap<>();

    void add(Event event) {
        long day = Math.floorDiv(event.at().toEpochMilli(), DAY_MILLIS);
        days.computeIfAbsent(day, unused -> new PackedEventsBuilder()).add(event);
    }

    /** Returns the days that have an event; of no use after that. */
    SortedMap<LocalDate, PackedEvents> build() {
        SortedMap<LocalDate, PackedEvents> packed = new TreeMap<>();
        days.forEach((day, builder) -> packed.put(LocalDate.ofEpochDay(day), builder.build()));
        return packed;
    }
}
