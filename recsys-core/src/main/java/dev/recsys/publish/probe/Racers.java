package dev.recsys.publish.probe;

import dev.recsys.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do something at the same moment. */
final class Racers implements AutoCloseable {
    private final int count;
    private final ExecutorService threads;

    Racers(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "store-probe");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What one of them does. */
    @FunctionalInterface
    interface Leg<T> {
        T run(int racer) throws RuleBroken;
    }

    int count() {
        return count;
    }

    /** Lets all start together, and returns what they returned, in their order. */
    <T> List<T> race(Leg<T> leg) throws RuleBroken {
        CyclicBarrier start = new CyclicBarrier(count);
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int racer = i;
            running.add(threads.submit(() -> {
                awaitAll(start);
                return leg.run(racer);
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : running) {
            results.add(resultOf(future));
        }
        return results;
    }

    private static void awaitAll(CyclicBarrier start) throws InterruptedException {
        try {
            start.await();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException("another racer was interrupted", e);
        }
    }

    private static <T> T resultOf(Future<T> future) throws RuleBroken {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("The probe was interrupted; nothing was found out.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuleBroken broken) {
                throw broken;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a racer failed", e.getCause());
        }
    }

    /** Ends the threads; what they still do is told to stop. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
