package dev.recsys.artifact;

import dev.recsys.store.BlobKey;
import dev.recsys.store.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * What a manifest says of one artifact.
 *
 * @param key where it lies in the store
 * @param sha256 the digest of its bytes
 * @param sizeBytes its length, at least 1
 * @param format the version of its binary format, at least 1
 * @param rows the number of items it has something to say about, not negative
 * @param window the event times it was computed from
 * @param watermark the time of the newest event in it
 * @param counts how much of what is in it; empty if the publisher did not say
 */
public record ArtifactRef(
        BlobKey key,
        Sha256 sha256,
        long sizeBytes,
        int format,
        long rows,
        Window window,
        Instant watermark,
        Optional<TableCounts> counts) {
    /** Says nothing of what is in it. */
    public ArtifactRef(
            BlobKey key, Sha256 sha256, long sizeBytes, int format, long rows, Window window, Instant watermark) {
        this(key, sha256, sizeBytes, format, rows, window, watermark, Optional.empty());
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public ArtifactRef {
        if (sizeBytes < 1 || format < 1 || rows < 0) {
            throw new IllegalArgumentException("artifact " + key + " has bytes=" + sizeBytes + ", format=" + format
                    + ", rows=" + rows + "; expected bytes >= 1, format >= 1, rows >= 0");
        }
    }
}
