package dev.recsys.pipelines.events;

import java.nio.file.Path;

/**
 * A line that did not become an event.
 *
 * @param file where it is
 * @param line its number in the file as it is when unpacked, from 1; of a record of several lines, the first
 * @param reason what was expected; never quotes the line, which may hold personal data
 */
public record RejectedLine(Path file, long line, String reason) {
    /** Returns {@code file:line: reason}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + reason;
    }
}
