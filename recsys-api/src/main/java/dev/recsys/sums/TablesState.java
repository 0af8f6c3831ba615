package dev.recsys.sums;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the tables hold of one scope.
 *
 * @param revision how many replacements there were, at least 1
 * @param id that of the last replacement
 * @param settings what the sums were made with, as the last replacement says
 * @param filledAt when, by the clock of who made the last replacement
 * @param days what is known of each day that is there, by day; a day on which nothing happened is there too
 */
public record TablesState(
        long revision, String id, String settings, Instant filledAt, SortedMap<LocalDate, DayFigures> days) {
    /**
     * Copies the days.
     *
     * @throws IllegalArgumentException if the revision is not positive, or a day is another one's
     */
    public TablesState {
        if (revision < 1) {
            throw new IllegalArgumentException("revision is " + revision + "; expected at least 1");
        }
        for (Map.Entry<LocalDate, DayFigures> entry : days.entrySet()) {
            if (!entry.getKey().equals(entry.getValue().day())) {
                throw new IllegalArgumentException(
                        "the figures of " + entry.getValue().day() + " are named as those of " + entry.getKey());
            }
        }
        days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
    }

    /**
     * Returns how many sessions are counted otherwise than one window of the same days counts them: those that begin before
     * the first day, and those of which a piece may be counted on another day as well. By so much at most the number of
     * sessions that have an item, or a pair of items, differs.
     */
    public long cutSessions() {
        long carried = days.isEmpty() ? 0 : days.values().iterator().next().carriedSessions();
        return carried
                + days.values().stream().mapToLong(DayFigures::cutSessions).sum();
    }
}
