package dev.recsys.sums;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Days to put in place of what is there. Afterwards the tables hold these days as they are given, of the days that were
 * there the others from {@code from} to {@code until}, and nothing else of the scope.
 *
 * @param expected the revision that must be there; 0 if the scope must never have been filled
 * @param id the identity of this replacement, new for every one: 1 to 64 lower-case ASCII letters, digits and hyphens
 * @param settings what the sums were made with: text of at most 64 Ki characters, compared by who fills and who reads
 * @param filledAt when, by the caller's clock; kept to the millisecond
 * @param from the first day to keep
 * @param until the last day to keep
 * @param days what is put, each day once, from {@code from} to {@code until}; not empty
 */
public record Replacement(
        long expected,
        String id,
        String settings,
        Instant filledAt,
        LocalDate from,
        LocalDate until,
        List<DaySums> days) {
    private static final int MAX_SETTINGS = 1 << 16;

    /**
     * Copies the days and cuts the time to milliseconds.
     *
     * @throws IllegalArgumentException if something is not as said above; the message names it
     */
    public Replacement {
        if (expected < 0) {
            throw new IllegalArgumentException("expected revision is " + expected + "; expected at least 0");
        }
        if (!id.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("id is not 1 to 64 lower-case letters, digits and hyphens");
        }
        if (settings.isEmpty() || settings.length() > MAX_SETTINGS) {
            throw new IllegalArgumentException(
                    "settings have " + settings.length() + " characters; expected 1 to " + MAX_SETTINGS);
        }
        days = List.copyOf(days);
        filledAt = filledAt.truncatedTo(ChronoUnit.MILLIS);
        requireDays(from, until, days);
    }

    private static void requireDays(LocalDate from, LocalDate until, List<DaySums> days) {
        List<LocalDate> named = days.stream().map(sums -> sums.figures().day()).toList();
        if (named.isEmpty() || named.stream().distinct().count() < named.size()) {
            throw new IllegalArgumentException("the days to put are " + named + "; expected at least one, each once");
        }
        for (LocalDate day : named) {
            if (day.isBefore(from) || day.isAfter(until)) {
                throw new IllegalArgumentException(day + " is not from " + from + " to " + until);
            }
        }
    }
}
