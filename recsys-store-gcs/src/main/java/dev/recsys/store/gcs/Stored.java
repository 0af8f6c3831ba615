package dev.recsys.store.gcs;

import com.google.cloud.storage.Blob;
import dev.recsys.store.BlobVersion;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * An object as the service describes it.
 *
 * @param generation the content's identity, unique for its name
 * @param sizeBytes the content's length
 * @param crc32c the content's checksum, as the service writes it
 */
record Stored(long generation, long sizeBytes, String crc32c) {
    /**
     * Takes over what an answer says.
     *
     * @throws Failure if it says too little, or contradicts itself
     */
    static Stored of(Blob blob) throws Failure {
        Long generation = blob.getGeneration();
        Long sizeBytes = blob.getSize();
        String crc32c = blob.getCrc32c();
        String id = String.valueOf(blob.getGeneratedId());
        if (generation == null || sizeBytes == null || crc32c == null || !id.endsWith("/" + generation)) {
            throw Failure.unreadable("the service answered 200 and did not say which object there is now");
        }
        return new Stored(generation, sizeBytes, crc32c);
    }

    BlobVersion version() {
        return new BlobVersion(Long.toString(generation));
    }

    /** Returns the generation that a version stands for; empty if this store cannot have issued it. */
    static OptionalLong generationOf(BlobVersion version) {
        try {
            long generation = Long.parseLong(version.token());
            return generation > 0 ? OptionalLong.of(generation) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    boolean holds(Checksum content) {
        return sizeBytes == content.sizeBytes() && Objects.equals(crc32c, content.crc32c());
    }
}
