package dev.recsys;

/**
 * The store refused the caller: a missing permission, a wrong credential, or no room for what was to be written.
 *
 * <p>Nothing changed. Trying again helps only after somebody mended that. Never read it as "absent".
 */
public final class StoreDeniedException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     */
    public StoreDeniedException(String message) {
        super(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     * @param cause what made it fail
     */
    public StoreDeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}
