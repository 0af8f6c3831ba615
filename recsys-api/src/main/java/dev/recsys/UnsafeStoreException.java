package dev.recsys;

/**
 * The store cannot keep a promise that publishing depends on; the message names the broken rule.
 *
 * <p>Nothing was published. Use another store: there is no weaker mode to fall back to.
 */
public final class UnsafeStoreException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     */
    public UnsafeStoreException(String message) {
        super(message, null);
    }
}
