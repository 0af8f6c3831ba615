package dev.recsys.pipelines.days;

import java.time.LocalDate;

/**
 * What became of a day that was written.
 *
 * @param day which
 * @param events how many events it has now
 * @param kind what changed
 */
public record DayChange(LocalDate day, int events, Kind kind) {
    /** What changed. */
    public enum Kind {
        /** The day was not there, or it was damaged. */
        ADDED,
        /** The day had other events. */
        REPLACED,
        /** The day had the same events; its file is as it was. */
        UNCHANGED
    }
}
