package dev.recsys.store.fs;

import dev.recsys.StoreUnavailableException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The time by which one call has to end; checked between its steps, for a step itself cannot be cut short. */
final class Deadline {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final String what;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final long endNanos;

    private Deadline(String what, Duration timeout, LongSupplier nanoTime) {
        this.what = what;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        Duration bounded = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
        this.endNanos = nanoTime.getAsLong() + bounded.toNanos();
    }

    /** Starts to run for something, such as {@code reading acme/home/current}. */
    static Deadline of(String what, Duration timeout, LongSupplier nanoTime) {
        return new Deadline(what, timeout, nanoTime);
    }

    /** Returns what the time is for. */
    String what() {
        return what;
    }

    /**
     * Goes on only while there is time.
     *
     * @throws StoreUnavailableException if there is none left
     */
    void requireTime() {
        if (nanoTime.getAsLong() - endNanos >= 0) {
            throw new StoreUnavailableException(
                    what + " took longer than its timeout of " + timeout + "; try again when the store answers faster");
        }
    }

    /**
     * Goes on only while there is time and nobody asked this thread to stop; its interrupt flag stays as it is.
     *
     * @throws StoreUnavailableException otherwise
     */
    void requireTimeAndNoInterrupt() {
        requireTime();
        if (Thread.currentThread().isInterrupted()) {
            throw new StoreUnavailableException(what + " was given up because its thread was interrupted");
        }
    }
}
