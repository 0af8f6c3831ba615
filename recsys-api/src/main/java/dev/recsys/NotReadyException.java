package dev.recsys;

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
     * @param message what failed, on which object, what was expected and found, and what to do
     */
    public NotReadyException(String message) {
        super(message, null);
    }
}
