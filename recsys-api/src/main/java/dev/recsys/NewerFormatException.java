package dev.recsys;

/**
 * Stored data is of a format that this version of recsys does not know; it is not damaged.
 *
 * <p>Nothing changed. Trying again does not help: upgrade recsys here, or ship with the version that the readers have.
 */
public final class NewerFormatException extends RecsysException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which object, its format, and the newest format that is known here
     */
    public NewerFormatException(String message) {
        super(message, null);
    }
}
