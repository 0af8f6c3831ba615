package dev.recsys.store.gcs;

import dev.recsys.store.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A caller's bytes, held to the length that it announced; its failures are told from those of the service. */
final class Source {
    private static final int PIECE_BYTES = 1 << 16;

    private final BlobSource source;
    private final Deadline deadline;

    Source(BlobSource source, Deadline deadline) {
        this.source = source;
        this.deadline = deadline;
    }

    InputStream open() throws IOException {
        return source.open();
    }

    /** Returns all bytes of a source that fits into memory. */
    byte[] readWhole() {
        byte[] bytes = new byte[Math.toIntExact(source.sizeBytes())];
        try (InputStream in = source.open()) {
            int length = 0;
            int read = 1;
            while (length < bytes.length && read > 0) {
                deadline.requireTimeAndNoInterrupt();
                read = in.read(bytes, length, Math.min(PIECE_BYTES, bytes.length - length));
                length += Math.max(0, read);
            }
            requireLength(length, in.read() >= 0);
        } catch (IOException e) {
            throw failed(e);
        }
        return bytes;
    }

    /** Reads everything once to learn its checksum. */
    Checksum measure() {
        Checksum checksum = new Checksum();
        byte[] piece = new byte[PIECE_BYTES];
        try (InputStream in = source.open()) {
            int length = read(in, piece);
            while (length > 0 && checksum.sizeBytes() <= source.sizeBytes()) {
                checksum.add(piece, length);
                length = read(in, piece);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        requireLength(checksum.sizeBytes(), checksum.sizeBytes() > source.sizeBytes());
        return checksum;
    }

    /** Fills an array as far as there are bytes, and returns how many. */
    int read(InputStream in, byte[] into) throws IOException {
        deadline.requireTimeAndNoInterrupt();
        return in.readNBytes(into, 0, into.length);
    }

    private void requireLength(long foundBytes, boolean more) {
        if (more || foundBytes != source.sizeBytes()) {
            throw failed(new IOException("the source announced " + source.sizeBytes() + " bytes and gave "
                    + (more ? "more" : Long.toString(foundBytes))));
        }
    }

    UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(
                deadline.what() + " failed at its source, nothing was stored: " + e.getMessage(), e);
    }
}
