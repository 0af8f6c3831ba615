package dev.recsys.testkit;

/** What goes wrong with a call on a {@link FaultyBlobStore}. */
public enum Fault {
    /** The store is not reached: an unavailable exception, or not sent. Without effect, for good. */
    UNAVAILABLE,
    /** The store refuses the caller: a denied exception, or not sent with one. Without effect, for good. */
    DENIED,
    /** The request gets lost on its way: an unavailable exception, or unknown. Without effect, though nobody can tell. */
    REQUEST_LOST,
    /** The call takes effect and its answer gets lost: an unavailable exception, or unknown. */
    REPLY_LOST,
    /** As {@link #REQUEST_LOST}, but the request is only delayed: it takes effect at {@link FaultyBlobStore#landLate()}. */
    LATE,
    /** The process dies just before the call: {@link ProcessDied}, and no later call through this handle happens. */
    DIES_BEFORE,
    /** The process dies just after the call took effect: {@link ProcessDied}, and no later call happens. */
    DIES_AFTER,
    /** A read or copy silently delivers only the first half of the bytes. Other calls are unharmed. */
    TRUNCATED,
    /** A read or copy silently delivers one bit in the middle flipped. Other calls are unharmed. */
    BIT_FLIPPED
}
