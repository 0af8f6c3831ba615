package dev.recsys.pipelines.events;

import java.util.List;

/**
 * What became of the lines that were read: {@code lines == events + duplicates + malformed + setAside + otherScope +
 * outsideWindow + ignored}.
 *
 * @param lines records that are not blank, headers not counted
 * @param events events that count
 * @param duplicates lines with an event id that another line has
 * @param malformed lines that are not as they should be
 * @param setAside well-formed lines that are no interaction: returns and cancellations
 * @param otherScope events of another tenant or surface
 * @param outsideWindow events before or after the window
 * @param ignored events of a type whose weight is 0
 * @param malformedLines the first {@value #MAX_LISTED} malformed lines, in the order of the files
 * @param setAsideLines the first {@value #MAX_LISTED} lines set aside, in the order of the files
 */
public record ReadReport(
        long lines,
        long events,
        long duplicates,
        long malformed,
        long setAside,
        long otherScope,
        long outsideWindow,
        long ignored,
        List<RejectedLine> malformedLines,
        List<RejectedLine> setAsideLines) {
    /** How many lines of a kind are listed; the counts are exact all the same. */
    public static final int MAX_LISTED = 1_000;

    /** Copies the lists. */
    public ReadReport {
        malformedLines = List.copyOf(malformedLines);
        setAsideLines = List.copyOf(setAsideLines);
    }
}
