package dev.recsys;

/**
 * Another operation committed first; this one was lost for good and will never take effect.
 *
 * <p>Nothing of this operation is visible. The message says who won, and with which revision. Read the state anew, decide
 * whether the operation is still wanted, and start it again as a new one.
 */
public final class ConflictException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     */
    public ConflictException(String message) {
        super(message, null);
    }
}
