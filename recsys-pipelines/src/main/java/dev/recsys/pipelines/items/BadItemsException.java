package dev.recsys.pipelines.items;

import dev.recsys.RecsysException;
import org.jspecify.annotations.Nullable;

/**
 * The file of items cannot be used: it is missing, unreadable or cut off, or more lines are malformed than allowed.
 *
 * <p>Nothing was built and an earlier build is as it was. Trying again does not help: mend the file, correct the column
 * mapping, or allow more malformed lines.
 */
public final class BadItemsException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which file, what was expected and found, and what to do
     * @param cause what made it fail, or null
     */
    public BadItemsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
