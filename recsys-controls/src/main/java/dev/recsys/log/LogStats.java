package dev.recsys.log;

/**
 * What became of all that a log was given: {@code written + dropped + failed + queued} is what it was given, at any moment at
 * which nobody gives it more.
 *
 * @param written lines that are in a file, or in the database
 * @param dropped what came while the queue was full, or after the log was closed
 * @param failed what cannot be written as a line, what the database refused, and what was given up when the log was closed: of
 *     that some may be there
 * @param queued what waits or is being written
 * @param bytes of the lines that are in a file, before they are packed
 * @param lost what earlier processes had taken when they were killed and is in no file, to the record; after a loss of power, what
 *     is known of it; told by the start that found it
 */
public record LogStats(long written, long dropped, long failed, long queued, long bytes, long lost) {}
