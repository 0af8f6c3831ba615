package dev.recsys;

/**
 * The store did not answer, or answered with an outage.
 *
 * <p>The operation that throws this changed nothing that anybody refers to. Try again later. Never read it as "absent".
 */
public final class StoreUnavailableException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     */
    public StoreUnavailableException(String message) {
        super(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     * @param cause what made it fail
     */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
