package dev.recsys.proofs.simulate;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs a reader's tasks as actors, at virtual times; once its process is dead, none. */
final class SimulatedExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final World world;
    private final Scheduler scheduler;
    private final SimulatedProcess process;

    SimulatedExecutor(World world, SimulatedProcess process) {
        this.world = world;
        this.scheduler = world.scheduler();
        this.process = process;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Task task = new Task(command, world, scheduler.nowNanos() + unit.toNanos(delay));
        scheduler.start(process.toString(), unit.toNanos(delay), () -> {
            if (!process.isDead()) {
                task.run();
            }
        });
        return task;
    }

    private static final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final World world;
        private final long dueNanos;

        Task(Runnable command, World world, long dueNanos) {
            super(command, null);
            this.world = world;
            this.dueNanos = dueNanos;
        }

        @Override
        protected void setException(Throwable failure) {
            if (!(failure instanceof Crashed)) {
                world.broken("a reader's task failed: " + failure);
            }
            super.setException(failure);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - world.scheduler().nowNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("the refresher does not need it");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("the refresher does not need it");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("the refresher does not need it");
    }

    @Override
    public void execute(Runnable command) {
        scheduler.start(process.toString(), 0, command);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
