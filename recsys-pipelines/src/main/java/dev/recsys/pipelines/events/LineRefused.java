package dev.recsys.pipelines.events;

/** A line is not an event; carries the reason to the quarantine. Has no stack trace: it is data, not a failure. */
final class LineRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean malformed;

    private LineRefused(boolean malformed, String reason) {
        super(reason, null, false, false);
        this.malformed = malformed;
    }

    /** The line is not as it should be. */
    static LineRefused malformed(String reason) {
        return new LineRefused(true, reason);
    }

    /** The line is well-formed, and yet no interaction. */
    static LineRefused setAside(String reason) {
        return new LineRefused(false, reason);
    }

    boolean isMalformed() {
        return malformed;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
