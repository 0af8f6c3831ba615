package dev.recsys.internal.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ScratchPoolTest {
    private static final int ITEMS = 100;
    private static final int MOST = 2 * Runtime.getRuntime().availableProcessors();

    private final ScratchPool pool = new ScratchPool();

    @Test
    void howeverManyAreLentAtOnceAtMostTwoAProcessorAreKept() {
        List<Scratch> lent = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            lent.add(pool.borrow(ITEMS));
        }
        lent.forEach(pool::giveBack);

        assertThat(keptOf(lent)).isEqualTo(MOST);
    }

    @Test
    void twoHundredThreadsNeverHaveTheSameAtOnce() throws InterruptedException {
        Set<Scratch> lent = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        CountDownLatch allHaveOne = new CountDownLatch(200);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            threads.add(new Thread(() -> {
                Scratch scratch = pool.borrow(ITEMS);
                lent.add(scratch);
                allHaveOne.countDown();
                awaitAll(allHaveOne);
                pool.giveBack(scratch);
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(lent).hasSize(200);
        assertThat(keptOf(lent)).isLessThanOrEqualTo(MOST);
    }

    @Test
    void whatIsTooSmallIsNotKept() {
        Scratch small = pool.borrow(ITEMS);
        pool.giveBack(small);

        Scratch large = pool.borrow(2 * ITEMS);

        assertThat(large.capacity()).isEqualTo(2 * ITEMS);
        pool.giveBack(large);
        assertThat(keptOf(List.of(small))).isZero();
    }

    /** Returns how many of these the pool still has. */
    private long keptOf(Iterable<Scratch> lent) {
        Set<Scratch> known = Collections.newSetFromMap(new IdentityHashMap<>());
        lent.forEach(known::add);
        long kept = 0;
        for (int i = 0; i < 10 * MOST; i++) {
            kept += known.contains(pool.borrow(ITEMS)) ? 1 : 0;
        }
        return kept;
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
