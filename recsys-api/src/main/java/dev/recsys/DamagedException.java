package dev.recsys;

/**
 * Stored data is not what was written: truncated, altered, of another scope, not signed by a trusted key where one is
 * asked for, or missing although something refers to it.
 *
 * <p>Nothing was changed and nothing damaged is served. Trying again does not help: ship the build again, or roll back
 * to a release that {@code verify} finds whole. Do not delete anything; the message names the object.
 */
public final class DamagedException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     */
    public DamagedException(String message) {
        super(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message what failed, on which object, what was expected and found, and what to do
     * @param cause what made it fail
     */
    public DamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
