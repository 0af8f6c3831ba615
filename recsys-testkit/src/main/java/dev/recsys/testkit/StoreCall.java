package dev.recsys.testkit;

/** The kinds of calls on a blob store that a {@link FaultyBlobStore} counts and breaks. */
public enum StoreCall {
    /** {@code read}. */
    READ,
    /** {@code copyTo}. */
    COPY,
    /** {@code create}. */
    CREATE,
    /** {@code stat}. */
    STAT,
    /** {@code compareAndSet}. */
    SWAP,
    /** {@code list}. */
    LIST,
    /** {@code delete}. */
    DELETE
}
