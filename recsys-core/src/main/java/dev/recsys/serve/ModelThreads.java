package dev.recsys.serve;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that a host's model runs on: daemons, twice as many as processors, with a short queue before them. */
final class ModelThreads {
    private static final int WAITING_PER_THREAD = 16;
    private static final int IDLE_SECONDS = 30;

    private ModelThreads() {}

    static ExecutorService start() {
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(
                        threads * WAITING_PER_THREAD), // when it is full, requests go without the model
                work -> {
                    Thread thread = new Thread(work, "recsys-model-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
