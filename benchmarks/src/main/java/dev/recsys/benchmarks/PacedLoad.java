package dev.recsys.benchmarks;

import dev.recsys.RecommendationRequest;
import dev.recsys.serve.EmbeddedRecommender;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests of several threads, each at a pace of its own, so that more threads than processors measure answers rather than
 * one another. A request that is late is asked at once.
 */
final class PacedLoad {
    private final List<RecommendationRequest> requests;
    private final int threads;
    private final double perSecond; // of all threads
    private final ThreadMXBean threadTime = ManagementFactory.getThreadMXBean();
    private final AtomicLong failures = new AtomicLong();

    PacedLoad(List<RecommendationRequest> requests, int threads, double perSecond) {
        this.requests = requests;
        this.threads = threads;
        this.perSecond = perSecond;
    }

    /** What the requests of a round took, sorted. */
    static final class Round {
        private final long[] wallNanos; // by the clock
        private final long[] processorNanos; // of the thread that asked, so without what neighbours took of the machine

        private Round(int requests) {
            this.wallNanos = new long[requests];
            this.processorNanos = new long[requests];
        }

        double wallMicros(double share) {
            return micros(wallNanos, share);
        }

        double processorMicros(double share) {
            return micros(processorNanos, share);
        }

        private static double micros(long[] nanos, double share) {
            return nanos[(int) Math.min(nanos.length - 1, (long) (share * nanos.length))] / 1e3;
        }
    }

    /** Returns how many answers had not as many items as were asked for. */
    long failures() {
        return failures.get();
    }

    /** Asks so often in all, a multiple of the number of threads. */
    Round round(EmbeddedRecommender recommender, int count) throws InterruptedException {
        int each = count / threads;
        Round round = new Round(each * threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            all.add(new Thread(() -> {
                try {
                    start.await();
                    ask(recommender, round, number * each, (number + 1) * each);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        all.forEach(Thread::start);
        start.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        Arrays.sort(round.wallNanos);
        Arrays.sort(round.processorNanos);
        return round;
    }

    private void ask(EmbeddedRecommender recommender, Round round, int from, int to) {
        long intervalNanos = (long) (1e9 * threads / perSecond);
        long due = System.nanoTime();
        for (int i = from; i < to; i++) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            due += intervalNanos;
            long processor = threadTime.getCurrentThreadCpuTime();
            long begun = System.nanoTime();
            int items = recommender
                    .recommend(requests.get(i % requests.size()))
                    .items()
                    .size();
            round.wallNanos[i] = System.nanoTime() - begun;
            round.processorNanos[i] = threadTime.getCurrentThreadCpuTime() - processor;
            if (items != RecommendationRequest.DEFAULT_K) {
                failures.incrementAndGet();
            }
        }
    }
}
