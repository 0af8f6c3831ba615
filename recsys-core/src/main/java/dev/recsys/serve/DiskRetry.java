package dev.recsys.serve;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to write to the local disk again after it failed: after a minute, then each time after twice as long, up to about an hour,
 * for what is kept may have to be fetched again for it. Safe for concurrent use.
 */
final class DiskRetry {
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6; // 64 minutes

    private final LongSupplier nanoTime;
    private int failures;
    private long failedAtNanos;

    DiskRetry(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean isTime() {
        return failures == 0 || nanoTime.getAsLong() - failedAtNanos >= pause().toNanos();
    }

    synchronized void failed() {
        failures++;
        failedAtNanos = nanoTime.getAsLong();
    }

    synchronized void succeeded() {
        failures = 0;
    }

    private Duration pause() {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - 1));
    }
}
