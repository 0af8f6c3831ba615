package dev.recsys.pipelines.signals;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Computes pieces on several threads and takes the results in the order of the pieces; only a few wait in memory. */
public final class OrderedWork implements Closeable {
    private static final int WAITING_PER_THREAD = 4;

    private final ExecutorService executor;
    private final int maxWaiting;

    /** Takes a result on the thread that runs the work. */
    public interface Taker<T> {
        /**
         * Takes one.
         *
         * @throws IOException ends the work
         */
        void take(T result) throws IOException;
    }

    /** Starts that many threads, at least 1. */
    public OrderedWork(int threads) {
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "recsys-pipelines-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.maxWaiting = threads * WAITING_PER_THREAD;
    }

    /**
     * Computes the pieces from 0 on and takes each result in its turn.
     *
     * @throws IOException if a result cannot be taken, or this thread is interrupted
     */
    public <T> void run(int pieces, IntFunction<T> compute, Taker<T> taker) throws IOException {
        Deque<Future<T>> waiting = new ArrayDeque<>();
        for (int piece = 0; piece < pieces; piece++) {
            if (waiting.size() == maxWaiting) {
                taker.take(result(waiting.remove()));
            }
            int current = piece;
            waiting.add(executor.submit(() -> compute.apply(current)));
        }
        while (!waiting.isEmpty()) {
            taker.take(result(waiting.remove()));
        }
    }

    /** Stops the threads; what they compute is of no use then. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while rows were computed");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a row could not be computed", e.getCause());
        }
    }
}
