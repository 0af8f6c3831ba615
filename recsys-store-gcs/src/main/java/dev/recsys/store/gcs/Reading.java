package dev.recsys.store.gcs;

import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads registers and blobs: first what is there now, in one conditional request, and if that is new then exactly that
 * generation. An object that was replaced between the two is looked up again.
 */
final class Reading {
    private final Content content;
    private final Calls calls;

    Reading(Content content, Calls calls) {
        this.content = content;
        this.calls = calls;
    }

    ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Deadline deadline) throws Failure {
        OptionalLong known = Stored.generationOf(unless);
        try {
            return calls.repeating(deadline, () -> readOnce(key, known, maxBytes, deadline));
        } catch (Failure e) {
            if (e.is(Failure.Kind.NOT_MODIFIED)) {
                return new ReadResult.NotModified();
            }
            throw e;
        }
    }

    private ReadResult readOnce(BlobKey key, OptionalLong known, long maxBytes, Deadline deadline) throws Failure {
        while (true) {
            Optional<Stored> found = content.find(key, known, deadline);
            if (found.isEmpty()) {
                return new ReadResult.Absent();
            }
            Content.requireAtMost(maxBytes, found.get(), deadline);
            ByteArrayOutputStream bytes =
                    new ByteArrayOutputStream((int) found.get().sizeBytes());
            if (isStillThere(key, found.get(), (piece, length) -> bytes.write(piece, 0, length), deadline)) {
                return new ReadResult.Found(
                        new Blob(bytes.toByteArray(), found.get().version()));
            }
        }
    }

    /** Reads a generation; returns false if it was replaced or deleted meanwhile. */
    private boolean isStillThere(BlobKey key, Stored stored, Content.Sink sink, Deadline deadline) throws Failure {
        try {
            content.read(key, stored, sink, deadline);
            return true;
        } catch (Failure e) {
            if (e.is(Failure.Kind.NOT_FOUND)) {
                deadline.requireTimeAndNoInterrupt();
                return false;
            }
            throw e;
        }
    }

    /** Copies a blob; tries again only as long as nothing was handed on. */
    boolean copyTo(BlobKey key, OutputStream out, long maxBytes, Deadline deadline) throws Failure {
        boolean[] begun = {false};
        Content.Sink sink = (piece, length) -> {
            begun[0] = true;
            write(out, piece, length, deadline);
        };
        return calls.repeating(deadline, () -> {
            try {
                return copyOnce(key, sink, maxBytes, deadline);
            } catch (Failure e) {
                if (begun[0]) {
                    throw e.toException(deadline.what());
                }
                throw e;
            }
        });
    }

    private boolean copyOnce(BlobKey key, Content.Sink sink, long maxBytes, Deadline deadline) throws Failure {
        while (true) {
            Optional<Stored> found = content.find(key, OptionalLong.empty(), deadline);
            if (found.isEmpty()) {
                return false;
            }
            Content.requireAtMost(maxBytes, found.get(), deadline);
            if (isStillThere(key, found.get(), sink, deadline)) {
                return true;
            }
        }
    }

    /** Looks a blob up without reading it. */
    Optional<Stored> find(BlobKey key, Deadline deadline) throws Failure {
        return calls.repeating(deadline, () -> content.find(key, OptionalLong.empty(), deadline));
    }

    private static void write(OutputStream out, byte[] piece, int length, Deadline deadline) {
        try {
            out.write(piece, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(deadline.what() + " failed at the stream that receives it", e);
        }
    }
}
