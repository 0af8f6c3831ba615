package dev.recsys.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedWorkTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void twoTasksAreDoneAtTheSameTime() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        Callable<Boolean> meeting = () -> {
            both.countDown();
            return both.await(30, TimeUnit.SECONDS);
        };
        FutureTask<Boolean> one = new FutureTask<>(meeting);
        FutureTask<Boolean> other = new FutureTask<>(meeting);

        new SharedWork(threads).finish(List.of(one, other));

        assertThat(List.of(one, other))
                .allSatisfy(task -> assertThat(task.get()).isTrue());
    }

    @Test
    void callersThatTakeAllThreadsDoNotWaitForOneAnother() throws Exception {
        AtomicInteger done = new AtomicInteger();
        SharedWork work = new SharedWork(threads);
        List<Future<?>> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            callers.add(threads.submit(() -> {
                work.finish(List.of(new FutureTask<>(done::incrementAndGet), new FutureTask<>(done::incrementAndGet)));
                return null;
            }));
        }
        for (Future<?> caller : callers) {
            caller.get();
        }
        assertThat(done).hasValue(16);
    }

    @Test
    void whenTheThreadsAreStoppedTheCallerDoesEverything() throws Exception {
        threads.shutdownNow();
        FutureTask<Thread> task = new FutureTask<>(Thread::currentThread);

        new SharedWork(threads).finish(List.of(task));

        assertThat(task.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void whatAHelperLeftWaitingHoldsNoResult() throws Exception {
        List<Runnable> waiting = new ArrayList<>();
        FutureTask<Object> task = new FutureTask<>(() -> new byte[1024]);
        WeakReference<Object> result = new WeakReference<>(finished(new SharedWork(waiting::add), task));
        task = null;

        for (int looks = 0; looks < 50 && result.get() != null; looks++) {
            System.gc();
        }

        assertThat(result.get()).isNull();
        assertThat(waiting).hasSize(1);
        waiting.get(0).run();
    }

    private static Object finished(SharedWork work, FutureTask<Object> task) throws Exception {
        work.finish(List.of(task));
        return task.get();
    }

    @Test
    void aTaskThatFailsKeepsNoOtherFromItsEnd() throws Exception {
        FutureTask<String> failing = new FutureTask<>(() -> {
            throw new OutOfMemoryError("as if");
        });
        FutureTask<String> other = new FutureTask<>(() -> "done");

        new SharedWork(threads).finish(List.of(failing, other));

        assertThat(other.get()).isEqualTo("done");
        assertThatThrownBy(failing::get).hasCauseInstanceOf(OutOfMemoryError.class);
    }
}
