package dev.recsys.store.s3;

import dev.recsys.DamagedException;
import dev.recsys.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Copies the body of one answer into a stream and holds it to its announced length and to a limit.
 *
 * <p>A failure is kept rather than thrown: the SDK would wrap it, or begin anew although the stream has a part already.
 */
final class Received implements ResponseTransformer<GetObjectResponse, GetObjectResponse> {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final OutputStream out;
    private final long maxBytes;
    private final Deadline deadline;
    private Optional<RuntimeException> failure = Optional.empty(); // handed over by the end of the request
    private boolean stopped; // guarded by this

    Received(OutputStream out, long maxBytes, Deadline deadline) {
        this.out = out;
        this.maxBytes = maxBytes;
        this.deadline = deadline;
    }

    /** Throws what went wrong in the transfer. */
    void requireWhole() {
        failure.ifPresent(what -> {
            throw what;
        });
    }

    /** Lets nothing more into the stream, whatever still comes for a caller who has given up. */
    synchronized void stop() {
        stopped = true;
    }

    @Override
    public GetObjectResponse transform(GetObjectResponse head, AbortableInputStream body) {
        try {
            requireVersion(head);
            copy(announcedBytes(head), body);
        } catch (DamagedException | StoreUnavailableException | UncheckedIOException e) {
            body.abort(); // else closing it would read the rest
            failure = Optional.of(e);
        }
        return head;
    }

    /** A success without the object's version is not from S3, whatever follows. */
    private void requireVersion(GetObjectResponse head) {
        if (Requests.versionOf(head.eTag()).isEmpty()) {
            throw new StoreUnavailableException(deadline.what()
                    + " failed: the answer was a success without an ETag. Look at what is between here and there");
        }
    }

    private long announcedBytes(GetObjectResponse head) {
        Long announced = head.contentLength();
        if (announced == null) {
            throw new DamagedException(
                    deadline.what() + " failed: the answer announces no length, so that a body that was "
                            + "cut would not show. S3 always announces it; look at what is between here and there");
        }
        if (announced > maxBytes) {
            throw new DamagedException(deadline.what() + " failed: it has " + announced + " bytes, and at most "
                    + maxBytes + " are accepted");
        }
        return announced;
    }

    private void copy(long announced, InputStream body) {
        byte[] chunk = new byte[CHUNK_BYTES];
        long received = 0;
        while (true) {
            deadline.requireTime();
            int read = read(body, chunk, received, announced);
            if (read < 0) {
                break;
            }
            received += read;
            if (received > announced) {
                break;
            }
            write(chunk, read);
        }
        if (received != announced) {
            throw new DamagedException(lengthsDiffer(received, announced));
        }
    }

    private int read(InputStream body, byte[] chunk, long received, long announced) {
        try {
            return body.read(chunk);
        } catch (SocketException | InterruptedIOException | SSLException e) {
            throw new StoreUnavailableException(
                    deadline.what() + " was cut off after " + received + " of " + announced + " bytes: "
                            + e.getMessage(),
                    e);
        } catch (AbortedException | ApiCallTimeoutException | ApiCallAttemptTimeoutException e) {
            // says nothing of the bytes: the caller gave up, or the time is over
            String why = deadline.isOver() ? deadline.tooLate() : deadline.what() + " was given up";
            throw new StoreUnavailableException(
                    why + ", after " + received + " of " + announced + " bytes: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DamagedException(lengthsDiffer(received, announced), e);
        } catch (SdkException e) { // the SDK compares what S3 says of the bytes with the bytes, after the last one
            throw new DamagedException(deadline.what() + " failed: " + e.getMessage(), e);
        }
    }

    private synchronized void write(byte[] chunk, int length) {
        if (stopped) {
            throw new StoreUnavailableException(deadline.what() + " was given up");
        }
        try {
            out.write(chunk, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    deadline.what() + " failed at the stream that takes it: " + e.getMessage(), e);
        }
    }

    private String lengthsDiffer(long received, long announced) {
        return deadline.what() + " failed: " + announced + " bytes were announced, and "
                + (received > announced ? "more" : Long.toString(received)) + " came. Read it again";
    }
}
