package dev.recsys.pipelines.days;

import dev.recsys.artifact.Window;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Some UTC days in a row.
 *
 * @param until the last one, inside
 * @param days how many
 */
public record DayWindow(LocalDate until, int days) {
    private static final int MAX_DAYS = 3_660;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException unless it is 1 to 3,660
     */
    public DayWindow {
        if (days < 1 || days > MAX_DAYS) {
            throw new IllegalArgumentException("a window has " + days + " days; expected 1 to " + MAX_DAYS);
        }
    }

    /**
     * Returns the days from one to another, both inside.
     *
     * @throws IllegalArgumentException if the last is before the first, or there are too many
     */
    public static DayWindow between(LocalDate from, LocalDate until) {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("the days end with " + until + ", before they begin with " + from);
        }
        return new DayWindow(until, (int) Math.min(MAX_DAYS + 1, until.toEpochDay() - from.toEpochDay() + 1));
    }

    /** Returns the first day. */
    public LocalDate from() {
        return until.minusDays(days - 1L);
    }

    /** Returns the span of time. */
    public Window span() {
        return new Window(
                from().atStartOfDay(ZoneOffset.UTC).toInstant(),
                until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
