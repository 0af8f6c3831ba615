package dev.recsys.store;

/** What became of a create. */
public sealed interface CreateResult {
    /** The blob is stored, durably, with exactly the given bytes. */
    record Created() implements CreateResult {}

    /**
     * A blob of that key was there before and is untouched. Whether it holds the same bytes, the caller finds out.
     *
     * @param sizeBytes the length of the blob that is there
     */
    record Exists(long sizeBytes) implements CreateResult {}
}
