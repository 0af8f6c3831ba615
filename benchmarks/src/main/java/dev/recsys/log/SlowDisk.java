package dev.recsys.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A disk that writes so many bytes a second, and stalls for a while at every fifth write. */
public final class SlowDisk implements Disk {
    private static final int STALLS_EVERY = 5;

    private final Disk real = new LocalDisk();
    private final long bytesPerSecond;
    private final Duration stall;
    private int writes;

    /** Is as slow as that. */
    public SlowDisk(long bytesPerSecond, Duration stall) {
        this.bytesPerSecond = bytesPerSecond;
        this.stall = stall;
    }

    /** Lets a sink write to this disk. */
    public FileEventSink.Builder under(FileEventSink.Builder sink) {
        return sink.disk(this);
    }

    @Override
    public Output create(Path file) throws IOException {
        return new Slow(real.create(file));
    }

    private void await(int bytes) {
        long nanos = (long) (1e9 * bytes / bytesPerSecond) + (++writes % STALLS_EVERY == 0 ? stall.toNanos() : 0);
        for (long end = System.nanoTime() + nanos, left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private final class Slow implements Output {
        private final Output output;

        private Slow(Output output) {
            this.output = output;
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            await(bytes.length);
            output.append(bytes);
        }

        @Override
        public void cutTo(long sizeBytes) throws IOException {
            output.cutTo(sizeBytes);
        }

        @Override
        public void sync() throws IOException {
            output.sync();
        }

        @Override
        public void close() throws IOException {
            output.close();
        }
    }
}
