package dev.recsys.serve;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Does a few tasks that do not wait for one another, on the caller's thread and on one other if that is free; more would
 * only take the compiler's time from a process that starts on two cores. The caller does whatever nobody else has begun:
 * however few threads there are, callers on them never wait for one another.
 */
final class SharedWork {
    private final Executor helper;

    SharedWork(Executor helper) {
        this.helper = helper;
    }

    /** Returns when every task has come to its end, good or bad; the first ones are begun first. */
    void finish(List<FutureTask<?>> tasks) throws InterruptedException {
        // empty in the end, so that a helper that comes late, or never, keeps no result alive
        Queue<FutureTask<?>> open = new ConcurrentLinkedQueue<>(tasks);
        try {
            helper.execute(() -> runAll(open));
        } catch (RejectedExecutionException e) {
            // stopped meanwhile: the caller is alone
        }
        runAll(open);
        for (FutureTask<?> task : tasks) {
            awaitEnd(task);
        }
    }

    private static void runAll(Queue<FutureTask<?>> open) {
        for (FutureTask<?> task = open.poll(); task != null; task = open.poll()) {
            task.run();
        }
    }

    private static void awaitEnd(FutureTask<?> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException | CancellationException e) {
            return; // whoever wants the result is told
        }
    }
}
