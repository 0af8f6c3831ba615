package dev.recsys.pipelines.events;

import dev.recsys.RecsysException;
import org.jspecify.annotations.Nullable;

/**
 * The event files cannot be used: one is missing, unreadable or cut off, or more lines are malformed than allowed.
 *
 * <p>Nothing was built and an earlier build is as it was. Trying again does not help: mend or leave out the file that
 * the message names, correct the column mapping, or allow more malformed lines.
 */
public final class BadEventsException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which file, what was expected and found, and what to do
     * @param cause what made it fail, or null
     */
    public BadEventsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
