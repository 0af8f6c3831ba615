package dev.recsys.serve;

import dev.recsys.internal.Ambient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Polls surfaces in the background: each again and again, one poll of a surface at a time, spread by chance around the
 * interval, and later after failures.
 */
final class Refresher {
    private static final double JITTER = 0.2;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

    private final ScheduledExecutorService executor;
    private final Ambient ambient;
    private final Duration interval;
    private final Map<Surface, Turn> turns = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Refresher(ScheduledExecutorService executor, Ambient ambient, Duration interval) {
        this.executor = executor;
        this.ambient = ambient;
        this.interval = interval;
    }

    /** Whether a surface is being polled, and who waits for the next poll; guarded by itself. */
    private static final class Turn {
        private boolean polling;
        private boolean stopped;
        private @Nullable ScheduledFuture<?> next;
        private List<CompletableFuture<SnapshotStatus>> waiting = new ArrayList<>();
    }

    /** Polls a surface now and from now on. */
    void start(Surface surface) {
        turns.put(surface, new Turn());
        if (closed) { // looked at after the put, as close() looks at the turns after it said so
            stop(surface);
            return;
        }
        schedule(() -> run(surface), Duration.ZERO);
    }

    /** Stops all, also those that are started later. */
    void close() {
        closed = true;
        turns.keySet().forEach(this::stop);
    }

    void stop(Surface surface) {
        Turn turn = turns.remove(surface);
        if (turn == null) {
            return;
        }
        synchronized (turn) {
            turn.stopped = true;
            if (turn.next != null) {
                turn.next.cancel(false);
            }
        }
        take(turn).forEach(waiter -> waiter.complete(surface.status()));
    }

    /** Completes after a poll that began after this call. */
    CompletableFuture<SnapshotStatus> pollNow(Surface surface) {
        CompletableFuture<SnapshotStatus> waiter = new CompletableFuture<>();
        Turn turn = turns.get(surface);
        if (turn == null
                || !isQueued(waiter, turn)
                || schedule(() -> runForWaiters(surface), Duration.ZERO).isEmpty()) {
            waiter.complete(surface.status());
        }
        return waiter;
    }

    /** Returns how long to wait after a poll. */
    Duration pause(int failures) {
        if (failures > 0) {
            Duration most = interval.compareTo(LONGEST_RETRY) < 0 ? interval : LONGEST_RETRY;
            return ambient.backOff(failures, FIRST_RETRY.compareTo(most) < 0 ? FIRST_RETRY : most, LONGEST_RETRY);
        }
        double spread = 1 - JITTER + 2 * JITTER * ambient.random().getAsDouble();
        return Duration.ofNanos((long) (interval.toNanos() * spread));
    }

    private Optional<ScheduledFuture<?>> schedule(Runnable run, Duration delay) {
        try {
            return Optional.of(executor.schedule(run, delay.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            return Optional.empty(); // closed meanwhile
        }
    }

    /** Polls unless a poll that was under way has served those who wait. */
    private void runForWaiters(Surface surface) {
        Turn turn = turns.get(surface);
        if (turn == null) {
            return;
        }
        synchronized (turn) {
            if (turn.waiting.isEmpty()) {
                return;
            }
        }
        run(surface);
    }

    private void run(Surface surface) {
        Turn turn = turns.get(surface);
        if (turn == null) {
            return;
        }
        synchronized (turn) {
            if (turn.polling) {
                return; // the poll under way looks for waiters when it ends
            }
            turn.polling = true;
        }
        boolean over = false;
        try {
            while (!over) {
                List<CompletableFuture<SnapshotStatus>> served = take(turn);
                try {
                    surface.poll();
                } finally {
                    served.forEach(waiter -> waiter.complete(surface.status()));
                }
                over = isOver(surface, turn);
            }
        } finally {
            if (!over) {
                scheduleNext(surface, turn);
            }
        }
    }

    /**
     * Ends the turn and schedules the next, unless somebody waits; in one step, so that whoever comes next finds a poll
     * under way or none.
     */
    private boolean isOver(Surface surface, Turn turn) {
        synchronized (turn) {
            if (!turn.waiting.isEmpty()) {
                return false;
            }
            scheduleNext(surface, turn);
            return true;
        }
    }

    /** A surface has one next poll: whoever polled last replaces it. */
    private void scheduleNext(Surface surface, Turn turn) {
        synchronized (turn) {
            turn.polling = false;
            if (turn.next != null) {
                turn.next.cancel(false);
            }
            turn.next = turn.stopped
                    ? null
                    : schedule(() -> run(surface), pause(surface.failures())).orElse(null);
        }
    }

    private static boolean isQueued(CompletableFuture<SnapshotStatus> waiter, Turn turn) {
        synchronized (turn) {
            return !turn.stopped && turn.waiting.add(waiter);
        }
    }

    private static List<CompletableFuture<SnapshotStatus>> take(Turn turn) {
        synchronized (turn) {
            List<CompletableFuture<SnapshotStatus>> taken = turn.waiting;
            turn.waiting = new ArrayList<>();
            return taken;
        }
    }
}
