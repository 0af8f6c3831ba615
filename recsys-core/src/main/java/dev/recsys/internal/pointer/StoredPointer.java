package dev.recsys.internal.pointer;

import dev.recsys.store.BlobVersion;
import dev.recsys.store.Sha256;

/**
 * A pointer as it was read.
 *
 * @param pointer its value
 * @param version the register's version
 * @param bytes its exact bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by version, never by equals
public record StoredPointer(Pointer pointer, BlobVersion version, byte[] bytes) {
    /** Returns the digest of the exact bytes. */
    public Sha256 sha256() {
        return Sha256.of(bytes);
    }
}
