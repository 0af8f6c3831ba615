package dev.recsys.store.fs;

import dev.recsys.store.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Copies a source into a file and holds it to the length it announced. A source's failure is told from the disk's. */
final class Upload {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final BlobSource source;
    private final Deadline deadline;

    Upload(BlobSource source, Deadline deadline) {
        this.source = source;
        this.deadline = deadline;
    }

    void writeTo(Disk.NewFile file) throws IOException {
        InputStream in = fromSource(source::open);
        try {
            copy(in, file);
        } finally {
            fromSource(() -> {
                in.close();
                return in;
            });
        }
    }

    private void copy(InputStream in, Disk.NewFile file) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        long copied = 0;
        while (true) {
            deadline.requireTimeAndNoInterrupt();
            int read = fromSource(() -> in.read(chunk));
            if (read < 0) {
                requireLength(copied);
                return;
            }
            copied += read;
            if (copied > source.sizeBytes()) {
                requireLength(copied);
            }
            file.write(chunk, 0, read);
        }
    }

    private void requireLength(long foundBytes) {
        if (foundBytes != source.sizeBytes()) {
            throw failed(new IOException("the source announced " + source.sizeBytes() + " bytes and gave "
                    + (foundBytes > source.sizeBytes() ? "more" : Long.toString(foundBytes))));
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private <T> T fromSource(Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(
                deadline.what() + " failed at its source, nothing was stored: " + e.getMessage(), e);
    }
}
