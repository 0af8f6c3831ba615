package dev.recsys.pipelines.events;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An open file of events: unpacked if it is gzip, without the byte order mark if it has one. */
final class EventFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_MAGIC = 0x1F8B;

    private final CountingStream counted;
    private final InputStream in;

    private EventFile(CountingStream counted, InputStream in) {
        this.counted = counted;
        this.in = in;
    }

    static EventFile open(Path file) throws IOException {
        CountingStream counted = new CountingStream(Files.newInputStream(file));
        try {
            return new EventFile(counted, withoutByteOrderMark(unpacked(counted)));
        } catch (IOException e) {
            counted.close();
            throw e;
        }
    }

    InputStream in() {
        return in;
    }

    /** Returns how many bytes of the file, as it lies on the disk, were taken so far. */
    long bytesRead() {
        return counted.count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static InputStream unpacked(InputStream file) throws IOException {
        InputStream in = new BufferedInputStream(file, BUFFER_BYTES);
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new BufferedInputStream(new WholeGzipStream(in, BUFFER_BYTES), BUFFER_BYTES) : in;
    }

    private static InputStream withoutByteOrderMark(InputStream in) throws IOException {
        in.mark(3);
        if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
            in.reset();
        }
        return in;
    }

    private static final class CountingStream extends FilterInputStream {
        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
