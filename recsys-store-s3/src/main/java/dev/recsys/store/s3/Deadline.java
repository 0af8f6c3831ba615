package dev.recsys.store.s3;

import dev.recsys.StoreUnavailableException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The time by which one call has to end, however many requests it makes. */
final class Deadline {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final String what;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final long endNanos;

    private Deadline(String what, Duration timeout, LongSupplier nanoTime, long endNanos) {
        this.what = what;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.endNanos = endNanos;
    }

    /** Starts to run for something, such as {@code reading acme/home/current}. */
    static Deadline of(String what, Duration timeout, LongSupplier nanoTime) {
        Duration bounded = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
        return new Deadline(what, timeout, nanoTime, nanoTime.getAsLong() + bounded.toNanos());
    }

    /** Returns one that ends earlier, so that there is time left for something that has to follow. */
    Deadline minus(Duration reserve) {
        return new Deadline(what, timeout, nanoTime, endNanos - reserve.toNanos());
    }

    /** Returns what the time is for. */
    String what() {
        return what;
    }

    /** Returns whether the time is over. */
    boolean isOver() {
        return remainingNanos() <= 0;
    }

    /**
     * Returns the time that is left.
     *
     * @throws StoreUnavailableException if there is none
     */
    Duration remaining() {
        requireTime();
        Duration left = Duration.ofNanos(remainingNanos());
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    /**
     * Goes on only while there is time.
     *
     * @throws StoreUnavailableException if there is none left
     */
    void requireTime() {
        if (isOver()) {
            throw new StoreUnavailableException(tooLate());
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

    /** Returns that it took too long, in words. */
    String tooLate() {
        return what + " took longer than its timeout of " + timeout + "; try again when the store answers faster";
    }

    private long remainingNanos() {
        return endNanos - nanoTime.getAsLong();
    }
}
