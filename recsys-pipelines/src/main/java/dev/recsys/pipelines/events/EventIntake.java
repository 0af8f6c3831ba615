package dev.recsys.pipelines.events;

import dev.recsys.Scope;
import dev.recsys.artifact.Window;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns the fields of lines into events, and counts those that are well-formed and not wanted. */
final class EventIntake {
    private final Consumer<Event> events;
    private final @Nullable Scope scope;
    private final @Nullable Window window;
    private final EventFilter filter;
    private final IntakeCounts counts;

    EventIntake(Consumer<Event> events, EventFilter filter, IntakeCounts counts) {
        this.events = events;
        this.counts = counts;
        this.filter = filter;
        this.scope = filter.scope().orElse(null);
        this.window = filter.window().orElse(null);
    }

    void accept(FieldValues values) throws LineRefused {
        if (isOfOtherScope(values)) {
            counts.otherScope++;
            return;
        }
        Event event = event(values);
        requireNoReturn(values.get(EventField.VALUE));
        if (isOutsideWindow(event.at())) {
            counts.outsideWindow++;
        } else if (filter.ignoredTypes().contains(event.type())) {
            counts.ignored++;
        } else {
            events.accept(event);
        }
    }

    private boolean isOfOtherScope(FieldValues values) {
        if (scope == null) {
            return false;
        }
        String tenant = values.get(EventField.TENANT);
        String surface = values.get(EventField.SURFACE);
        return (!tenant.isEmpty() && !tenant.equals(scope.tenant()))
                || (!surface.isEmpty() && !surface.equals(scope.surface()));
    }

    private boolean isOutsideWindow(Instant at) {
        return window != null && (at.isBefore(window.from()) || !at.isBefore(window.to()));
    }

    private static Event event(FieldValues values) throws LineRefused {
        Instant at = EventTime.parse(values.get(EventField.TS));
        try {
            return new Event(
                    values.get(EventField.EVENT_ID),
                    at,
                    values.get(EventField.TYPE),
                    values.get(EventField.USER),
                    values.get(EventField.SESSION),
                    values.get(EventField.ITEM),
                    values.get(EventField.SEGMENT));
        } catch (IllegalArgumentException e) {
            throw LineRefused.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static void requireNoReturn(String value) throws LineRefused {
        if (value.isEmpty()) {
            return;
        }
        if (number(value) < 0) {
            throw LineRefused.setAside("negative value (a return or cancellation)");
        }
    }

    private static double number(String value) throws LineRefused {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                throw notANumber();
            }
        }
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notANumber();
        }
        throw notANumber();
    }

    private static LineRefused notANumber() {
        return LineRefused.malformed("value is no finite number; expected one such as 12.5");
    }
}
