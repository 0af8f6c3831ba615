package dev.recsys.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves only when the test says so, its wall time and its {@link #nanoTime()} together. Thread-safe. */
public final class FakeClock implements InstantSource {
    private final Instant start;
    private final AtomicLong elapsedNanos = new AtomicLong();

    private FakeClock(Instant start) {
        this.start = start;
    }

    /** Returns a clock that stands at an instant. */
    public static FakeClock at(Instant start) {
        return new FakeClock(start);
    }

    /** Returns a clock that stands at an instant in ISO-8601, such as {@code 2026-11-23T06:00:00Z}. */
    public static FakeClock at(String start) {
        return new FakeClock(Instant.parse(start));
    }

    /** Returns the wall time. */
    @Override
    public Instant instant() {
        return start.plusNanos(elapsedNanos.get());
    }

    /** Returns the time since the clock was made, for use in place of {@link System#nanoTime()}. */
    public long nanoTime() {
        return elapsedNanos.get();
    }

    /**
     * Moves on.
     *
     * @throws IllegalArgumentException if the duration is negative: monotonic time never goes back
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("cannot advance by " + duration + "; expected zero or more");
        }
        elapsedNanos.addAndGet(duration.toNanos());
    }
}
