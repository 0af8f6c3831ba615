package dev.recsys;

import org.jspecify.annotations.Nullable;

/**
 * Whether the operation took effect is not known: a write was sent, and the store could not say what became of it.
 *
 * <p>The change may be visible now, later, or never. Keep {@link #handle()} and give it to {@code resume}, from any
 * process, when the store answers again: that decides it. Delete nothing, and do not start the operation anew before.
 */
public final class OutcomeUnknownException extends RecsysException {
    private static final long serialVersionUID = 1L;

    private final String handle;

    /**
     * Creates the exception.
     *
     * @param message what was attempted on which object, and why its outcome is unknown
     * @param handle what {@code resume} takes
     * @param cause the last failure, or null
     */
    public OutcomeUnknownException(String message, String handle, @Nullable Throwable cause) {
        super(message, cause);
        this.handle = handle;
    }

    /** Returns the operation's handle: one line of ASCII text that holds the exact bytes of the attempted write. */
    public String handle() {
        return handle;
    }
}
