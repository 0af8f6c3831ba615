package dev.recsys.artifact;

import java.time.Instant;

/**
 * The span of event times that a signal was computed from.
 *
 * @param from the first instant inside
 * @param to the first instant after; not before {@code from}
 */
public record Window(Instant from, Instant to) {
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if {@code to} is before {@code from}
     */
    public Window {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("window ends at " + to + ", before it starts at " + from);
        }
    }

    /** Returns the smallest window that covers both. */
    public Window spanning(Window other) {
        return new Window(from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
    }
}
