package dev.recsys.store.s3;

import dev.recsys.store.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads a source part by part and holds it to the length it announced. */
final class SourceReader implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Deadline deadline;
    private final long sizeBytes;
    private final InputStream in;
    private long takenBytes;

    SourceReader(BlobSource source, Deadline deadline) {
        this.deadline = deadline;
        this.sizeBytes = source.sizeBytes();
        try {
            this.in = source.open();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Fills the beginning of the array with what comes next; the last part may be shorter. Returns its length. */
    int next(byte[] part) {
        int length = (int) Math.min(part.length, sizeBytes - takenBytes);
        int filled = 0;
        while (filled < length) {
            deadline.requireTimeAndNoInterrupt();
            int read = read(part, filled, Math.min(CHUNK_BYTES, length - filled));
            if (read < 0) {
                throw failed(new IOException(
                        "the source announced " + sizeBytes + " bytes and gave " + (takenBytes + filled)));
            }
            filled += read;
        }
        takenBytes += length;
        if (takenBytes == sizeBytes) {
            requireEnd();
        }
        return length;
    }

    /** Returns whether everything that was announced was taken. */
    boolean isAtEnd() {
        return takenBytes == sizeBytes;
    }

    private void requireEnd() {
        if (read(new byte[1], 0, 1) >= 0) {
            throw failed(new IOException("the source announced " + sizeBytes + " bytes and gave more"));
        }
    }

    private int read(byte[] into, int offset, int length) {
        try {
            return in.read(into, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(
                deadline.what() + " failed at its source, nothing was stored: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
