package dev.recsys.sums;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What is known of one UTC day beside its sums. Times are whole milliseconds; where there is nothing, the day's start
 * stands for them.
 *
 * @param day which day
 * @param events how many events it has, not negative
 * @param sessions how many sessions have their newest event on it, not negative
 * @param share the sum of what these sessions count; their number, unless sessions are weighed by age
 * @param carriedSessions how many of the sessions began on an earlier day; a window that begins with this day cuts them
 * @param cutSessions how many of them go over more than one midnight, so that a piece of them may be counted on an earlier
 *     day as well; 0 where a whole window was filled together
 * @param oldest the time of the first event
 * @param newest the time of the last event, from which the ages of the day's events count
 * @param newestSession when the session began that began last, from which the ages of the day's sessions count
 */
public record DayFigures(
        LocalDate day,
        long events,
        long sessions,
        double share,
        long carriedSessions,
        long cutSessions,
        Instant oldest,
        Instant newest,
        Instant newestSession) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative or the share is not finite; the message names the day
     */
    public DayFigures {
        boolean counts = events >= 0 && sessions >= 0 && carriedSessions >= 0 && cutSessions >= 0;
        if (!counts || !(share >= 0) || Double.isInfinite(share)) {
            throw new IllegalArgumentException(day + " has events=" + events + ", sessions=" + sessions + ", share="
                    + share + ", carriedSessions=" + carriedSessions + ", cutSessions=" + cutSessions
                    + "; expected numbers that are not negative");
        }
    }

    /** Returns the figures of a day on which nothing happened. */
    public static DayFigures none(LocalDate day) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new DayFigures(day, 0, 0, 0, 0, 0, start, start, start);
    }
}
