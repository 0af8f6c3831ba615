package dev.recsys.postgres;

/** What became of an outcome that was recorded. */
enum Fate {
    /** It is in the database; it may have been there before. */
    WRITTEN,
    /** The person was forgotten after it happened. */
    FORGOTTEN,
    /** It cannot be written: too old, of the future, too long, no text, or refused by a rule of the database. */
    REFUSED,
    /** The queue was full, or closed. */
    DROPPED,
    /** The history was closed before it could be written. */
    LOST,
    /** The history was closed while it was written. */
    UNKNOWN
}
