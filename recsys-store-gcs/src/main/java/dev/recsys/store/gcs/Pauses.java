package dev.recsys.store.gcs;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The pauses between attempts: each about twice as long as the one before, and never two clients in step. */
final class Pauses {
    static final int MOST_ATTEMPTS = 5;
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Sleeper sleeper;
    private final DoubleSupplier random;

    Pauses(Sleeper sleeper, DoubleSupplier random) {
        this.sleeper = sleeper;
        this.random = random;
    }

    /** Lets time pass. */
    interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    /** Waits after a failed attempt; returns whether another one is to be made. */
    boolean waitAfter(int attempt, Deadline deadline) {
        Duration pause = pauseAfter(attempt);
        if (attempt >= MOST_ATTEMPTS || pause.toNanos() >= deadline.remainingNanos()) {
            return false;
        }
        try {
            sleeper.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration pauseAfter(int attempt) {
        long doubled = FIRST.toNanos() << Math.min(attempt - 1, 10);
        long bounded = Math.min(doubled, LONGEST.toNanos());
        return Duration.ofNanos((long) (bounded * (0.5 + random.getAsDouble() / 2)));
    }
}
