package dev.recsys;

import org.jspecify.annotations.Nullable;

/**
 * The root of every failure that recsys reports by itself; a wrong argument is an {@link IllegalArgumentException}
 * instead. Each subclass says whether anything changed and whether to try again.
 */
public abstract class RecsysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     * @param cause what made it fail, or null
     */
    protected RecsysException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
