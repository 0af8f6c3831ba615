package dev.recsys.store.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.ReadChannel;
import dev.recsys.DamagedException;
import dev.recsys.store.BlobKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;

/** Looks objects up and reads them to the last byte: one generation, as long as announced and with its checksum. */
final class Content {
    private static final int PIECE_BYTES = 1 << 20;

    private final BucketObjects objects;
    private final Calls calls;

    Content(BucketObjects objects, Calls calls) {
        this.objects = objects;
        this.calls = calls;
    }

    /** Takes bytes piece by piece, on the caller's thread. */
    interface Sink {
        void write(byte[] bytes, int length);
    }

    /**
     * Looks an object up in one attempt; empty only if the bucket answers that it holds no such object.
     *
     * @throws Failure with {@link Failure.Kind#NOT_MODIFIED} if it has the generation that is named
     */
    Optional<Stored> find(BlobKey key, OptionalLong unless, Deadline deadline) throws Failure {
        Optional<Stored> found = calls.once(deadline, () -> objects.find(key, unless));
        if (found.isEmpty()) {
            requireBucket(deadline);
        }
        return found;
    }

    /** Tells a bucket without the object from no bucket, which the client library answers alike. */
    void requireBucket(Deadline deadline) throws Failure {
        try {
            calls.once(deadline, () -> {
                objects.touchBucket();
                return true;
            });
        } catch (Failure e) {
            throw e.whenAsked(objects.bucketRequest());
        }
    }

    static void requireAtMost(long maxBytes, Stored stored, Deadline deadline) {
        if (stored.sizeBytes() > maxBytes) {
            throw new DamagedException(deadline.what() + ": expected at most " + maxBytes + " bytes, found "
                    + stored.sizeBytes() + "; it is not what was published, do not use it");
        }
    }

    /**
     * Reads one generation in one attempt.
     *
     * @throws Failure with {@link Failure.Kind#NOT_FOUND} if that generation is no longer there
     * @throws DamagedException if the bytes are not those that were announced
     */
    void read(BlobKey key, Stored stored, Sink sink, Deadline deadline) throws Failure {
        ReadChannel channel = calls.once(deadline, () -> objects.read(key, stored));
        try {
            Checksum read = new Checksum();
            byte[] piece = new byte[(int) Math.min(PIECE_BYTES, stored.sizeBytes() + 1)];
            int length = nextPiece(channel, piece, read, stored, deadline);
            while (length > 0) {
                read.add(piece, length);
                requireNotLonger(read, stored, deadline);
                sink.write(piece, length);
                length = nextPiece(channel, piece, read, stored, deadline);
            }
            requireWhole(read, stored, deadline);
        } finally {
            calls.release(channel);
        }
    }

    private int nextPiece(ReadChannel channel, byte[] piece, Checksum read, Stored stored, Deadline deadline)
            throws Failure {
        try {
            return calls.once(deadline, () -> fill(channel, piece));
        } catch (Failure e) {
            if (isDamage(e)) {
                throw damaged(
                        "it broke off or is not whole, after at least " + read.sizeBytes() + " of " + stored.sizeBytes()
                                + " bytes (" + e.getMessage() + ")",
                        deadline);
            }
            throw e;
        }
    }

    /** A body that ends where there should be bytes, or has another checksum, is told by an exception of no socket. */
    private static boolean isDamage(Failure failure) {
        return failure.is(Failure.Kind.UNKNOWN)
                && Causes.any(failure, cause -> cause instanceof IOException)
                && !Causes.any(failure, Content::isOfTheConnection);
    }

    private static boolean isOfTheConnection(Throwable cause) {
        return cause instanceof SocketException
                || cause instanceof InterruptedIOException
                || cause instanceof SSLException
                || cause instanceof HttpResponseException;
    }

    private static int fill(ReadChannel channel, byte[] piece) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(piece);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer);
        }
        return buffer.position();
    }

    private static void requireNotLonger(Checksum read, Stored stored, Deadline deadline) {
        if (read.sizeBytes() > stored.sizeBytes()) {
            throw damaged("it went on after its " + stored.sizeBytes() + " bytes", deadline);
        }
    }

    private static void requireWhole(Checksum read, Stored stored, Deadline deadline) {
        if (read.sizeBytes() < stored.sizeBytes()) {
            throw damaged("it ended after " + read.sizeBytes() + " of " + stored.sizeBytes() + " bytes", deadline);
        }
        if (!stored.holds(read)) {
            throw damaged("expected the crc32c " + stored.crc32c() + ", found " + read.crc32c(), deadline);
        }
    }

    private static DamagedException damaged(String what, Deadline deadline) {
        return new DamagedException(
                deadline.what() + ": " + what + "; something between here and the bucket damaged it, do not use it");
    }
}
