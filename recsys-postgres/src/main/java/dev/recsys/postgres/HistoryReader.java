package dev.recsys.postgres;

import dev.recsys.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Reads users into memory in the background, each once at a time. Safe for concurrent use. */
final class HistoryReader {
    private static final int THREADS = 2;
    private static final int WAITING = 10_000;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Executor executor;
    private final HistoryTable table;
    private final HistoryCache cache;
    private final Backlog backlog;
    private final OutcomeBounds bounds;
    private final int most;
    private final ConcurrentHashMap<UserKey, CompletableFuture<Void>> reading = new ConcurrentHashMap<>();
    private final AtomicLong unread = new AtomicLong();

    HistoryReader(
            Executor executor,
            HistoryTable table,
            HistoryCache cache,
            Backlog backlog,
            OutcomeBounds bounds,
            int most) {
        this.executor = executor;
        this.table = table;
        this.cache = cache;
        this.backlog = backlog;
        this.bounds = bounds;
        this.most = most;
    }

    /** Returns two daemon threads, which end when idle, and before which so many users may wait. */
    static ThreadPoolExecutor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE.toSeconds(), TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "recsys-history-reader");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Begins to read a user, unless that is under way, and returns when that ends, well or not. */
    CompletableFuture<Void> read(UserKey key) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> running = reading.putIfAbsent(key, mine);
        if (running != null) {
            return running;
        }
        try {
            executor.execute(() -> read(key, mine));
        } catch (RejectedExecutionException e) {
            failed(key, mine, new StoreUnavailableException("Too many users wait to be read; try again.", e));
        }
        return mine;
    }

    private void read(UserKey key, CompletableFuture<Void> mine) {
        try {
            while (!isRead(key)) {
                // somebody was forgotten meanwhile: perhaps this user
            }
            reading.remove(key, mine);
            mine.complete(null);
        } catch (RuntimeException e) {
            failed(key, mine, e);
        }
    }

    private boolean isRead(UserKey key) {
        long forgettings = cache.forgettings();
        long settled = backlog.settled();
        List<Interaction> rows = table.read(key, bounds.oldest(), most);
        return cache.put(key, rows, settled, forgettings);
    }

    private void failed(UserKey key, CompletableFuture<Void> mine, RuntimeException e) {
        unread.incrementAndGet();
        reading.remove(key, mine);
        mine.completeExceptionally(e);
    }

    /** Returns how often a user was not read. */
    long unread() {
        return unread.get();
    }

    /** Ends what has not begun. */
    void close() {
        reading.forEach((key, future) ->
                failed(key, future, new StoreUnavailableException("The history is closed; nobody is read any more.")));
    }
}
