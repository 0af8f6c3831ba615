package dev.recsys;

import org.jspecify.annotations.Nullable;

/**
 * No snapshot of the scope was there within the time given: nothing can be recommended yet.
 *
 * <p>The recommender keeps trying in the background; the message carries the last failure. Waiting again is safe.
 */
public final class NotReadyException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which scope, and why nothing is loaded
     * @param cause the last failure to load it, or null if there was none
     */
    public NotReadyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
