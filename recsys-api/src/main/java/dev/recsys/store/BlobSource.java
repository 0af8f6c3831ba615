package dev.recsys.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to upload. Can be opened several times, for an upload may have to start again. */
public interface BlobSource {
    /** Returns the exact number of bytes. */
    long sizeBytes();

    /**
     * Opens the bytes from the start; the caller closes the stream.
     *
     * @throws IOException if they cannot be read
     */
    InputStream open() throws IOException;

    /** Returns a source over an array, which must not change afterwards. */
    static BlobSource of(byte[] bytes) {
        return new BlobSource() {
            @Override
            public long sizeBytes() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /**
     * Returns a source over a file, which must not change while it is used.
     *
     * @throws IOException if the file's size cannot be read
     */
    static BlobSource of(Path file) throws IOException {
        long sizeBytes = Files.size(file);
        return new BlobSource() {
            @Override
            public long sizeBytes() {
                return sizeBytes;
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }
}
