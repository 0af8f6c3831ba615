package dev.recsys.store.s3;

import dev.recsys.StoreUnavailableException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs requests on threads of its own. The caller is answered as soon as its time is over or somebody interrupts it, even if
 * the request hangs where nothing can stop it (a look-up of an address); and its interrupt flag is its own: the SDK ends a
 * request that takes too long by an interrupt, and then clears the flag, whoever set it.
 */
final class Calls {
    // the SDK ends a request by itself in time, and says more about it
    private static final Duration GRACE = Duration.ofMillis(100);

    private final ExecutorService workers;

    Calls() {
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newCachedThreadPool(request -> {
            Thread worker = new Thread(request, "recsys-store-s3-" + number.incrementAndGet());
            worker.setDaemon(true);
            return worker;
        });
    }

    /**
     * Runs a request and returns its answer, or throws its failure.
     *
     * @throws StoreUnavailableException if it was given up; it may be under way still
     */
    <T> T call(Deadline deadline, Supplier<T> request) {
        deadline.requireTimeAndNoInterrupt();
        long patienceMillis = deadline.remaining().plus(GRACE).toMillis();
        Future<T> answer = submit(request);
        try {
            return answer.get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(
                    deadline.what() + " was given up because its thread was interrupted", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new StoreUnavailableException(deadline.tooLate(), e);
        } catch (ExecutionException e) {
            throw asThrown(Objects.requireNonNull(e.getCause()));
        }
    }

    private <T> Future<T> submit(Supplier<T> request) {
        try {
            return workers.submit(request::get);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the store was closed meanwhile", e);
        }
    }

    private static RuntimeException asThrown(Throwable failure) {
        if (failure instanceof RuntimeException thrown) {
            return thrown;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a request throws nothing else", failure);
    }

    void close() {
        workers.shutdownNow();
    }
}
