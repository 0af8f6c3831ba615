package dev.recsys;

/**
 * A surface, release or file that was asked for does not exist; an authoritative answer, never an outage.
 *
 * <p>Nothing changed. The message says what exists instead, or how to create it.
 */
public final class NotFoundException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     */
    public NotFoundException(String message) {
        super(message, null);
    }
}
