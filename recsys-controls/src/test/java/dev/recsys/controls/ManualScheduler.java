package dev.recsys.controls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what is scheduled again and again only when the test says so. */
final class ManualScheduler extends ScheduledThreadPoolExecutor {
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<ScheduledFuture<?>> futures = new ArrayList<>();
    private Duration delay = Duration.ZERO;

    ManualScheduler() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long pause, TimeUnit unit) {
        ScheduledFuture<?> never = super.schedule(() -> {}, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        tasks.add(task);
        futures.add(never);
        delay = Duration.of(pause, unit.toChronoUnit());
        return never;
    }

    /** Returns how long to wait between two runs of what was scheduled last. */
    Duration delay() {
        return delay;
    }

    /** Runs what is scheduled and not cancelled, and returns how many tasks that were. */
    int tick() {
        int ran = 0;
        for (int i = 0; i < tasks.size(); i++) {
            if (!futures.get(i).isCancelled()) {
                tasks.get(i).run();
                ran++;
            }
        }
        return ran;
    }
}
