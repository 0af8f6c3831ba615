package dev.recsys.serve;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which a recommender asks its store, or reads its local disk. */
final class RefreshThreads {
    private static final long IDLE_SECONDS = 60;
    private static final long PATIENCE_SECONDS = 5;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private RefreshThreads() {}

    /** Returns an executor whose daemon threads, at most so many, come when they are needed and end when idle. */
    static ScheduledExecutorService start(String name, int most) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(most, task -> {
            Thread thread = new Thread(task, name + NUMBER.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true); // while anything is scheduled one thread stays, see ThreadPoolExecutor
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    static void stop(ScheduledExecutorService executor) {
        executor.shutdownNow();
        try {
            executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
