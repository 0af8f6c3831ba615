package dev.recsys.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.internal.Ambient;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.store.BlobStore;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.trust.TrustList;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefresherTest {
    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final ScheduledExecutorService executor = new ScheduledThreadPoolExecutor(1);
    private double chance = 0.5;

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private Refresher every(Duration interval) {
        Ambient ambient = new Ambient(clock, clock::nanoTime, () -> "tx", () -> chance, clock::advance);
        return new Refresher(executor, ambient, interval);
    }

    @Test
    void pollsAreSpreadByAFifthAroundTheInterval() {
        Refresher refresher = every(Duration.ofSeconds(30));

        assertThat(refresher.pause(0)).isEqualTo(Duration.ofSeconds(30));
        chance = 0;
        assertThat(refresher.pause(0)).isEqualTo(Duration.ofSeconds(24));
        chance = 1;
        assertThat(refresher.pause(0)).isEqualTo(Duration.ofSeconds(36));
    }

    @Test
    void failuresBackOffToAMinute() {
        Refresher refresher = every(Duration.ofSeconds(30));
        chance = 1;

        assertThat(refresher.pause(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(refresher.pause(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(refresher.pause(7)).isEqualTo(Duration.ofSeconds(60));
        assertThat(refresher.pause(1_000)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aShortIntervalRetriesNoSlowerAtFirst() {
        chance = 1;

        assertThat(every(Duration.ofMillis(100)).pause(1)).isEqualTo(Duration.ofMillis(100));
    }

    private Surface surface(BlobStore store, Refresher refresher, RecommenderListener listener) {
        Duration enough = Duration.ofSeconds(5);
        Surfaces none = new Surfaces(refresher, new Idleness(System::nanoTime, enough), 1, new Listeners(List.of()));
        return new SurfaceFactory(
                        new PointerReads(store, TrustList.ANYONE, enough),
                        new ArtifactLoader(store, enough),
                        new Listeners(List.of(listener)),
                        System::nanoTime,
                        enough,
                        new SurfaceFactory.Disk(
                                new LocalDisk(), Optional.empty(), Optional.empty(), enough, Runnable::run),
                        new MemoryBudget(Long.MAX_VALUE, none),
                        scope -> new Planner(scope, ControlPlane.none(), InstantSource.system(), Runnable::run))
                .surface(new Scope("acme", "home"));
    }

    @Test
    void aSurfaceIsNeverPolledTwiceAtOnce() throws InterruptedException {
        ScheduledThreadPoolExecutor many = new ScheduledThreadPoolExecutor(8);
        Refresher refresher = new Refresher(many, Ambient.system(), Duration.ofHours(1));
        AtomicInteger polling = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Surface surface = surface(MemoryBlobStore.open(), refresher, new RecommenderListener() {
            @Override
            public void onPolled(SnapshotStatus status) {
                most.accumulateAndGet(polling.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                polling.decrementAndGet();
            }
        });
        refresher.start(surface);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            callers.add(new Thread(() -> {
                for (int n = 0; n < 10_000; n++) {
                    refresher.pollNow(surface).join();
                }
            }));
        }
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        many.shutdownNow();

        assertThat(most).hasValue(1);
    }

    /** Where a poll under way answered those who wait, the one that was called for them as well finds nobody and is left out. */
    @Test
    void whoeverWaitsTogetherIsServedByOnePoll() {
        Refresher refresher = every(Duration.ofHours(1));
        AtomicInteger polls = new AtomicInteger();
        Surface surface = surface(MemoryBlobStore.open(), refresher, new RecommenderListener() {
            @Override
            public void onPolled(SnapshotStatus status) {
                polls.incrementAndGet();
            }
        });
        refresher.start(surface);
        refresher.pollNow(surface).join();
        int before = polls.get();
        CountDownLatch allAsked = new CountDownLatch(1);
        executor.execute(() -> awaits(allAsked));

        List<CompletableFuture<SnapshotStatus>> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            asked.add(refresher.pollNow(surface));
        }
        allAsked.countDown();
        asked.forEach(CompletableFuture::join);
        runsOut(executor);

        assertThat(polls).hasValue(before + 1);
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for whatever the executor of one thread was given before. */
    private static void runsOut(ScheduledExecutorService executor) {
        CompletableFuture.runAsync(() -> {}, executor).join();
    }
}
