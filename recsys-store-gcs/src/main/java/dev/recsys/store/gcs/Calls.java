package dev.recsys.store.gcs;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs what waits for the network on threads of its own, so that a caller gets its thread back at the deadline or when it
 * is interrupted, whatever the client library does meanwhile. Nothing of the caller's is touched on these threads.
 */
final class Calls {
    private final ExecutorService executor;
    private final Pauses pauses;

    Calls(ExecutorService executor, Pauses pauses) {
        this.executor = executor;
        this.pauses = pauses;
    }

    /** Makes one attempt. */
    <T> T once(Deadline deadline, Callable<T> step) throws Failure {
        AtomicBoolean decided =
                new AtomicBoolean(); // by the worker, that it begins; or by the caller, that it never does
        FutureTask<T> task = new FutureTask<>(() -> {
            if (!decided.compareAndSet(false, true)) {
                throw new InterruptedException("given up before it began");
            }
            return step.call();
        });
        try {
            executor.execute(task);
            return task.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw Failure.of(e.getCause());
        } catch (TimeoutException e) {
            throw givenUp(task, decided, "no answer within its timeout of " + deadline.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp(task, decided, "given up because its thread was interrupted");
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException(deadline.what() + ": the store is closed", e);
        }
    }

    private static Failure givenUp(FutureTask<?> task, AtomicBoolean decided, String why) {
        boolean neverBegan = decided.compareAndSet(false, true);
        task.cancel(true);
        return Failure.givenUp(neverBegan, why);
    }

    /** Something that may be done again, on the caller's thread. */
    interface Attempt<T> {
        T run() throws Failure;
    }

    /** Makes an attempt, and more while the failure may pass and there is time. For what is free to be repeated. */
    <T> T repeating(Deadline deadline, Attempt<T> attempt) throws Failure {
        for (int made = 1; ; made++) {
            deadline.requireTimeAndNoInterrupt();
            try {
                return attempt.run();
            } catch (Failure e) {
                if (!mayTryAgain(e, made, deadline)) {
                    throw e;
                }
            }
        }
    }

    /** Pauses after a failed attempt, and returns whether there is to be another one. */
    private boolean mayTryAgain(Failure failure, int made, Deadline deadline) {
        return failure.mayPass() && !Thread.currentThread().isInterrupted() && pauses.waitAfter(made, deadline);
    }

    /** Closes something without waiting for it: to close a stream may wait for what still reads from it. */
    void release(Closeable stream) {
        try {
            executor.execute(() -> {
                try {
                    stream.close();
                } catch (IOException | RuntimeException e) {
                    return; // what it held is released all the same, and nobody reads from it
                }
            });
        } catch (RejectedExecutionException e) {
            return; // the store is closed, and the connection ends with the process or its idle time
        }
    }

    void close() {
        executor.shutdownNow();
    }
}
