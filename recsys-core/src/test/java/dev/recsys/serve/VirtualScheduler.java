package dev.recsys.serve;

import dev.recsys.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs what is scheduled in the test's own thread, when a fake clock has come so far. */
final class VirtualScheduler extends ScheduledThreadPoolExecutor {
    private final FakeClock clock;
    private final List<Task> tasks = new ArrayList<>();
    private long number;

    VirtualScheduler(FakeClock clock) {
        super(1);
        this.clock = clock;
    }

    private record Task(long dueNanos, long number, Runnable work, ScheduledFuture<?> future) {}

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        // never runs by itself; it is there to be cancelled
        ScheduledFuture<?> future = super.schedule(() -> {}, 1_000, TimeUnit.DAYS);
        tasks.add(new Task(clock.nanoTime() + unit.toNanos(delay), number++, work, future));
        return future;
    }

    /** Moves the clock on, and does what is due on the way at its time. */
    void advance(Duration time) {
        long end = clock.nanoTime() + time.toNanos();
        for (Task next = next(end); next != null; next = next(end)) {
            clock.advance(Duration.ofNanos(Math.max(0, next.dueNanos() - clock.nanoTime())));
            next.work().run();
        }
        clock.advance(Duration.ofNanos(end - clock.nanoTime()));
    }

    private synchronized @Nullable Task next(long end) {
        tasks.removeIf(task -> task.future().isCancelled());
        Task next = tasks.stream()
                .filter(task -> task.dueNanos() <= end)
                .min(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::number))
                .orElse(null);
        tasks.remove(next);
        return next;
    }
}
