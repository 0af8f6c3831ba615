package dev.recsys.proofs;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The one thread on which a reader asks its store, so that it can be waited for until nothing more is asked. */
public final class ReaderThread implements AutoCloseable {
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "reader");
        thread.setDaemon(true);
        return thread;
    });

    /** Starts it. */
    public ReaderThread() {}

    /** Returns what to give to the reader. */
    public ScheduledExecutorService executor() {
        return executor;
    }

    /** Waits until what the reader has begun is over; what it answered may have been answered before. */
    public void awaitQuiet() {
        try {
            executor.submit(() -> {}).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a reader was waited for", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing cannot fail", e);
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
