package dev.recsys.log;

import java.time.Duration;

/**
 * How a log is written. Immutable; starts from {@link #DEFAULT}.
 *
 * @param queue how many lines may wait; what comes beyond is dropped and counted
 * @param batch how many lines are written at once
 * @param linger how long a line waits at most for others to be written with it, while the disk keeps up
 * @param sync whether each batch is forced to the disk, so that a loss of power costs no more than the end of a process
 * @param rotateBytes the size from which on the next file is begun
 * @param rotateAfter the age from which on the next file is begun; also if the clock is set back to before its start
 * @param keepFiles how many files stay that nobody writes to any more
 * @param keepBytes how many bytes these may have together
 * @param keepFor how long ago one of these may have been begun
 * @param closeWithin how long closing may take
 */
public record LogSettings(
        int queue,
        int batch,
        Duration linger,
        boolean sync,
        long rotateBytes,
        Duration rotateAfter,
        int keepFiles,
        long keepBytes,
        Duration keepFor,
        Duration closeWithin) {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration MS = Duration.ofMillis(1);

    /**
     * 10,000 lines may wait, 500 are written at once and after 200 ms at the latest, and left to the operating system; a file
     * ends after 64 MiB or an hour; nothing is deleted; closing takes 5 seconds at most.
     */
    public static final LogSettings DEFAULT = new LogSettings(
            10_000,
            500,
            Duration.ofMillis(200),
            false,
            64L << 20,
            Duration.ofHours(1),
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            FOR_EVER,
            Duration.ofSeconds(5));

    /**
     * Refuses what makes no sense.
     *
     * @throws IllegalArgumentException if a number is less than 1, or a duration out of its range
     */
    public LogSettings {
        requirePositive("queue", queue);
        requirePositive("batch", batch);
        requirePositive("rotateBytes", rotateBytes);
        requirePositive("keepFiles", keepFiles);
        requirePositive("keepBytes", keepBytes);
        requireRange("linger", linger, MS, Duration.ofMinutes(1));
        requireRange("rotateAfter", rotateAfter, MS, FOR_EVER);
        requireRange("keepFor", keepFor, MS, FOR_EVER);
        requireRange("closeWithin", closeWithin, MS, Duration.ofHours(1));
    }

    private static void requirePositive(String what, long number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " is " + number + "; expected at least 1");
        }
    }

    private static void requireRange(String what, Duration duration, Duration least, Duration most) {
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " is " + duration + "; expected " + least + " to " + most);
        }
    }

    /** Says how many lines may wait. */
    public LogSettings withQueue(int lines) {
        return new LogSettings(
                lines, batch, linger, sync, rotateBytes, rotateAfter, keepFiles, keepBytes, keepFor, closeWithin);
    }

    /** Says how many lines are written at once, and how long one waits for others. */
    public LogSettings withBatch(int lines, Duration lingerAtMost) {
        return new LogSettings(
                queue, lines, lingerAtMost, sync, rotateBytes, rotateAfter, keepFiles, keepBytes, keepFor, closeWithin);
    }

    /** Forces each batch to the disk. */
    public LogSettings withSync() {
        return new LogSettings(
                queue, batch, linger, true, rotateBytes, rotateAfter, keepFiles, keepBytes, keepFor, closeWithin);
    }

    /** Says when the next file is begun: whichever comes first. */
    public LogSettings withRotation(long bytes, Duration after) {
        return new LogSettings(queue, batch, linger, sync, bytes, after, keepFiles, keepBytes, keepFor, closeWithin);
    }

    /** Deletes the oldest files once more have ended, packed or not, of any process that writes into the folder. */
    public LogSettings withKeepFiles(int files) {
        return new LogSettings(
                queue, batch, linger, sync, rotateBytes, rotateAfter, files, keepBytes, keepFor, closeWithin);
    }

    /** Deletes the oldest files once those that have ended have more bytes together, of any process that writes into the folder. */
    public LogSettings withKeepBytes(long bytes) {
        return new LogSettings(
                queue, batch, linger, sync, rotateBytes, rotateAfter, keepFiles, bytes, keepFor, closeWithin);
    }

    /** Deletes files that have ended and were begun longer ago, of any process that writes into the folder. */
    public LogSettings withKeepFor(Duration age) {
        return new LogSettings(
                queue, batch, linger, sync, rotateBytes, rotateAfter, keepFiles, keepBytes, age, closeWithin);
    }

    /** Says how long closing may take; what is not written by then is given up and counted. */
    public LogSettings withCloseWithin(Duration most) {
        return new LogSettings(
                queue, batch, linger, sync, rotateBytes, rotateAfter, keepFiles, keepBytes, keepFor, most);
    }
}
