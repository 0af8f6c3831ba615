package dev.recsys.pipelines.events;

/** A line is not an event; carries the reason to the quarantine. Has no stack trace: it is data, not a failure. */
final class LineRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean malformed;
    private final boolean atEnd;

    private LineRefused(boolean malformed, boolean atEnd, String reason) {
        super(reason, null, false, false);
        this.malformed = malformed;
        this.atEnd = atEnd;
    }

    /** The line is not as it should be. */
    static LineRefused malformed(String reason) {
        return new LineRefused(true, false, reason);
    }

    /** The line is well-formed, and yet no interaction. */
    static LineRefused setAside(String reason) {
        return new LineRefused(false, false, reason);
    }

    /** The record is malformed because there are no more lines. */
    static LineRefused atEnd(String reason) {
        return new LineRefused(true, true, reason);
    }

    /** Returns whether more lines could have made it a record. */
    boolean isAtEnd() {
        return atEnd;
    }

    boolean isMalformed() {
        return malformed;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
