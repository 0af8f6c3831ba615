package dev.recsys.pipelines.days;

/**
 * How many lines of a reading are no events. Of most of them nobody knows the day: they count for the newest day that the
 * reading wrote, so that the sum over the days is right.
 *
 * @param malformed lines that are not as they should be
 * @param setAside returns and cancellations
 * @param otherScope events of another tenant or surface
 */
public record DayLines(long malformed, long setAside, long otherScope) {
    /** None. */
    public static final DayLines NONE = new DayLines(0, 0, 0);

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public DayLines {
        if (malformed < 0 || setAside < 0 || otherScope < 0) {
            throw new IllegalArgumentException("a count of lines is negative");
        }
    }

    /** Returns the sum. */
    public long total() {
        return malformed + setAside + otherScope;
    }
}
