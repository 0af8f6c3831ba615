package dev.recsys.store;

/** What a read found. An outage or a refusal is an exception, never one of these. */
public sealed interface ReadResult {
    /**
     * The object is there.
     *
     * @param blob its whole content
     */
    record Found(Blob blob) implements ReadResult {}

    /** The object still has the version that the caller named. */
    record NotModified() implements ReadResult {}

    /** The store says with authority that there is no such object. */
    record Absent() implements ReadResult {}
}
