package dev.recsys.postgres;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tenants anew on daemon threads, however often that is asked for once at a time. What fails is told by the cache, and
 * read again when the tenant is prepared.
 */
final class Refreshes {
    private static final Logger log = LoggerFactory.getLogger(PostgresControls.class);
    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 30;

    private final TenantCache cache;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet(); // asked for, and not begun
    private final AtomicInteger names = new AtomicInteger();
    private final ExecutorService threads;

    Refreshes(TenantCache cache) {
        this.cache = cache;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "recsys-postgres-read-" + names.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /** Has a tenant read anew soon. */
    void request(String tenant) {
        if (waiting.add(tenant)) {
            execute(() -> {
                waiting.remove(tenant); // what changes from now on is read again
                cache.refresh(tenant);
            });
        }
    }

    /** Has something done once a tenant has been read anew, if it is in memory. */
    void then(String tenant, Runnable next) {
        execute(() -> {
            if (cache.ifPresent(tenant) != null) {
                cache.refresh(tenant);
            }
            next.run();
        });
    }

    private void execute(Runnable task) {
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } catch (Throwable e) { // an Error too: the next one may succeed
                    log.warn("What is configured could not be read anew: {}", e.toString());
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("closed meanwhile");
        }
    }

    void close() {
        threads.shutdownNow();
    }
}
