package dev.recsys.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that do something at the same moment, round after round. */
final class Race implements AutoCloseable {
    private static final String THREAD_NAME = "contract-race";
    private static final long PATIENCE_SECONDS = 120;

    private final int threads;
    private final ExecutorService executor;

    private Race(int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, THREAD_NAME);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns whether the calling thread is a racer. */
    static boolean isOn() {
        return Thread.currentThread().getName().equals(THREAD_NAME);
    }

    static Race of(int threads) {
        return new Race(threads);
    }

    /** What one racer does. */
    interface Leg<T> {
        T run(int racer) throws Exception;
    }

    /** Releases all racers together and returns what they returned, in their order; a racer's failure is thrown. */
    <T> List<T> run(Leg<T> leg) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<T>> legs = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int racer = i;
            legs.add(executor.submit(() -> {
                awaitStart(start);
                return leg.run(racer);
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : legs) {
            results.add(resultOf(future));
        }
        return results;
    }

    private static void awaitStart(CyclicBarrier start)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static <T> T resultOf(Future<T> future) throws Exception {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError failed) {
                throw failed;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
