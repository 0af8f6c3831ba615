package dev.recsys.store.gcs;

import com.google.cloud.WriteChannel;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.CreateResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stores blobs under the condition that there is none: small ones in one request, larger ones in chunks. Either way the
 * service gets the checksum with the first byte and refuses to make an object of anything else.
 */
final class Creating {
    static final int CHUNK_BYTES = 8 << 20; // a multiple of 256 KiB, as the service demands

    private final BucketObjects objects;
    private final Calls calls;

    Creating(BucketObjects objects, Calls calls) {
        this.objects = objects;
        this.calls = calls;
    }

    /** One whole upload; may be run again. */
    private interface Upload {
        void run() throws Failure;
    }

    CreateResult create(BlobKey key, BlobSource blobSource, Deadline deadline) throws Failure {
        deadline.requireTimeAndNoInterrupt();
        Source source = new Source(blobSource, deadline);
        if (blobSource.sizeBytes() <= CHUNK_BYTES) {
            byte[] bytes = source.readWhole();
            Checksum checksum = Checksum.of(bytes);
            return create(
                    key, checksum, deadline, () -> calls.once(deadline, () -> objects.write(key, bytes, checksum, 0)));
        }
        Checksum checksum = source.measure();
        return create(key, checksum, deadline, () -> uploadInChunks(key, source, checksum, deadline));
    }

    private CreateResult create(BlobKey key, Checksum checksum, Deadline deadline, Upload upload) throws Failure {
        boolean[] mayBeMine = {checksum.sizeBytes() > CHUNK_BYTES
        }; // the client library repeats chunks, the last one too
        try {
            return calls.repeating(deadline, () -> {
                try {
                    upload.run();
                    return new CreateResult.Created();
                } catch (Failure e) {
                    mayBeMine[0] |= e.mayHaveArrived();
                    throw e;
                }
            });
        } catch (Failure e) {
            if (e.is(Failure.Kind.CONDITION_NOT_MET)) {
                return existing(key, mayBeMine[0] ? Optional.of(checksum) : Optional.empty(), deadline);
            }
            throw e;
        }
    }

    /** After an attempt without an answer the blob that is there may be its own: the content tells. */
    private CreateResult existing(BlobKey key, Optional<Checksum> mine, Deadline deadline) throws Failure {
        Stored stored = calls.repeating(
                        deadline, () -> calls.once(deadline, () -> objects.find(key, OptionalLong.empty())))
                .orElseThrow(() -> new StoreUnavailableException(
                        deadline.what() + " met another writer, whose blob was deleted at once; try again"));
        boolean isMine = mine.isPresent() && stored.holds(mine.get());
        return isMine ? new CreateResult.Created() : new CreateResult.Exists(stored.sizeBytes());
    }

    /**
     * To close the channel is what makes the object, so that nothing but the end of the whole content does it: an upload
     * that fails is left alone, and the service forgets it after a week.
     */
    private void uploadInChunks(BlobKey key, Source source, Checksum checksum, Deadline deadline) throws Failure {
        WriteChannel channel = calls.once(deadline, () -> objects.beginChunks(key, checksum, CHUNK_BYTES));
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = source.open()) {
            int length = source.read(in, chunk);
            while (length > 0) {
                send(channel, ByteBuffer.wrap(chunk, 0, length), deadline);
                length = source.read(in, chunk);
            }
        } catch (IOException e) {
            throw source.failed(e);
        }
        deadline.requireTimeAndNoInterrupt();
        calls.once(deadline, () -> {
            channel.close();
            return true;
        });
    }

    private void send(WriteChannel channel, ByteBuffer bytes, Deadline deadline) throws Failure {
        calls.once(deadline, () -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return true;
        });
    }
}
