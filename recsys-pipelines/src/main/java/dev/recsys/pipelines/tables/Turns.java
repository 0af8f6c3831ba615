package dev.recsys.pipelines.tables;

import dev.recsys.Scope;
import dev.recsys.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a few surfaces at a time be computed, in the order in which they asked, so that a night's fills fit the heap. */
final class Turns {
    private final Semaphore free;
    private final Duration patience;

    Turns(int atOnce, Duration patience) {
        this.free = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /**
     * Waits for a turn, which lasts until {@link #end}.
     *
     * @throws StoreUnavailableException if none came in time, or this thread was interrupted
     */
    void take(Scope scope) {
        try {
            if (free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StoreUnavailableException(
                "The artifacts of " + scope + " wait for those of other surfaces for more than " + patience.toSeconds()
                        + " s, or were interrupted; they are asked for again.");
    }

    /** Ends a turn. */
    void end() {
        free.release();
    }
}
