package dev.recsys.pipelines.days;

import dev.recsys.Scope;
import dev.recsys.artifact.Window;
import dev.recsys.pipelines.events.PackedEvents;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The events of one UTC day of one surface.
 *
 * @param scope whose
 * @param day which day
 * @param events what happened, of every type
 * @param lines what else was read
 */
public record DayEvents(Scope scope, LocalDate day, PackedEvents events, DayLines lines) {
    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if an event is of another day
     */
    public DayEvents {
        Window span = new DayWindow(day, 1).span();
        requireWithin(span, events.oldest().orElse(span.from()));
        requireWithin(span, events.newest().orElse(span.from()));
    }

    private static void requireWithin(Window span, Instant at) {
        if (at.isBefore(span.from()) || !at.isBefore(span.to())) {
            throw new IllegalArgumentException(
                    "an event is of " + at + ", outside the day from " + span.from() + " to " + span.to());
        }
    }
}
