package dev.recsys.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that is stuck, or refuses after it has written a part, when the test says so. */
final class TestDisk implements Disk {
    private final Disk real = new LocalDisk();
    private final AtomicInteger fullFor = new AtomicInteger();
    private final AtomicInteger cutsRefused = new AtomicInteger();
    private volatile boolean isError;
    private final Semaphore mayWrite = new Semaphore(Integer.MAX_VALUE / 2);
    private final Semaphore arrived = new Semaphore(0);

    /** The next appends write half of their bytes and fail. */
    void fullFor(int appends) {
        fullFor.set(appends);
    }

    /** The next appends write half of their bytes and end with an Error. */
    void outOfMemoryFor(int appends) {
        fullFor.set(appends);
        isError = true;
    }

    void refuseCuts(int cuts) {
        cutsRefused.set(cuts);
    }

    /** Appends wait from now on. */
    void stick() {
        mayWrite.drainPermits();
    }

    void release() {
        mayWrite.release(Integer.MAX_VALUE / 2);
    }

    /** Arrivals until now do not count. */
    void forget() {
        arrived.drainPermits();
    }

    void releaseOne() {
        mayWrite.release();
    }

    void awaitArrival() throws InterruptedException {
        arrived.acquire();
    }

    @Override
    public Output create(Path file) throws IOException {
        return new Faulty(real.create(file));
    }

    private final class Faulty implements Output {
        private final Output output;

        private Faulty(Output output) {
            this.output = output;
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            arrived.release();
            mayWrite.acquireUninterruptibly();
            if (fullFor.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                byte[] half = new byte[bytes.length / 2];
                System.arraycopy(bytes, 0, half, 0, half.length);
                output.append(half);
                if (isError) {
                    throw new OutOfMemoryError("no memory for a buffer");
                }
                throw new IOException("No space left on device");
            }
            output.append(bytes);
        }

        @Override
        public void cutTo(long sizeBytes) throws IOException {
            if (cutsRefused.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("Input/output error");
            }
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
