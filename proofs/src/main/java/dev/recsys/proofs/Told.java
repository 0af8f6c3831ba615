package dev.recsys.proofs;

import dev.recsys.publish.Resolution;

/** What an operation told its caller. */
public enum Told {
    /** It took effect, in a revision of its own. */
    COMMITTED,
    /** What was asked for was so already; no revision was made. */
    ALREADY_SO,
    /** It never took effect and never will: refused, a conflict, lost, or not sent. */
    NOT_MADE,
    /** Nobody knows; a handle decides later. */
    UNKNOWN,
    /** Its process died before it could tell. */
    NOTHING;

    /** Returns what the end of an operation tells whose outcome was unknown. */
    public static Told by(Resolution resolution) {
        return resolution.outcome() == Resolution.Outcome.COMMITTED ? COMMITTED : NOT_MADE;
    }
}
