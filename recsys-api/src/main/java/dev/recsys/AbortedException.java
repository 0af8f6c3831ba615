package dev.recsys;

/**
 * The operation was fenced off: it did not take effect and never will.
 *
 * <p>The surface's manifest is the one from before. Starting again, as a new operation, is safe.
 */
public final class AbortedException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     */
    public AbortedException(String message) {
        super(message, null);
    }
}
