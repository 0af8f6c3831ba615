package dev.recsys.benchmarks;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.serve.EmbeddedRecommender;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Requests of several threads, each at a pace of its own, so that more threads than processors measure answers rather than
 * one another; or without a pause. A request that is late is asked at once, and late all the same: what it took counts from
 * when it was due.
 */
final class PacedLoad {
    static final double WITHOUT_PAUSE = Double.POSITIVE_INFINITY;

    private final List<RecommendationRequest> requests;
    private final int threads;
    private final double perSecond; // of all threads
    private final Predicate<Recommendations> isGood;
    private final ThreadMXBean threadTime = ManagementFactory.getThreadMXBean();
    private final AtomicLong failures = new AtomicLong();

    PacedLoad(List<RecommendationRequest> requests, int threads, double perSecond) {
        this(requests, threads, perSecond, answer -> answer.items().size() == RecommendationRequest.DEFAULT_K);
    }

    PacedLoad(List<RecommendationRequest> requests, int threads, double perSecond, Predicate<Recommendations> isGood) {
        this.requests = requests;
        this.threads = threads;
        this.perSecond = perSecond;
        this.isGood = isGood;
    }

    /** What the requests of a round took. */
    static final class Round {
        private final Histogram wall = new Histogram(); // from when it was asked
        private final Histogram due = new Histogram(); // from when it was to be asked
        private final Histogram processor =
                new Histogram(); // of the thread that asked, so without what neighbours took

        /** Returns times by the clock, from when requests were asked. */
        Histogram wall() {
            return wall;
        }

        /** Returns times by the clock, from when requests were due; means nothing without a pace. */
        Histogram due() {
            return due;
        }

        /** Returns the processor time of the threads that asked. */
        Histogram processor() {
            return processor;
        }

        double wallMicros(double share) {
            return wall.micros(share);
        }

        double processorMicros(double share) {
            return processor.micros(share);
        }

        private void add(Round other) {
            wall.add(other.wall);
            due.add(other.due);
            processor.add(other.processor);
        }
    }

    /** Returns how many requests of all rounds threw something or gave an answer that is not good. */
    long failures() {
        return failures.get();
    }

    /** Asks so often in all, a multiple of the number of threads. */
    Round round(EmbeddedRecommender recommender, int count) throws InterruptedException {
        return round(recommender, new End(count / threads, Long.MAX_VALUE));
    }

    /** Asks for so long. */
    Round round(EmbeddedRecommender recommender, Duration time) throws InterruptedException {
        return round(recommender, new End(Integer.MAX_VALUE, time.toNanos()));
    }

    /** When a thread has asked enough. */
    private record End(int requests, long afterNanos) {}

    private Round round(EmbeddedRecommender recommender, End end) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Round> parts = new ArrayList<>();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int first = i * requests.size() / threads;
            Round part = new Round();
            parts.add(part);
            all.add(new Thread(() -> {
                try {
                    start.await();
                    ask(recommender, part, first, end);
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
        Round round = new Round();
        parts.forEach(round::add);
        return round;
    }

    private void ask(EmbeddedRecommender recommender, Round round, int first, End end) {
        long intervalNanos = (long) (1e9 * threads / perSecond);
        long startNanos = System.nanoTime();
        long due = startNanos;
        for (int i = 0; i < end.requests() && due - startNanos < end.afterNanos(); i++) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long processor = threadTime.getCurrentThreadCpuTime();
            long begun = System.nanoTime();
            boolean isAnswered = isAnswered(recommender, requests.get((first + i) % requests.size()));
            long ended = System.nanoTime();
            round.processor.record(threadTime.getCurrentThreadCpuTime() - processor);
            round.wall.record(ended - begun);
            round.due.record(ended - due);
            failures.addAndGet(isAnswered ? 0 : 1);
            due = intervalNanos == 0 ? ended : due + intervalNanos;
        }
    }

    /** Whatever is thrown is a request that failed. */
    private boolean isAnswered(EmbeddedRecommender recommender, RecommendationRequest request) {
        try {
            return isGood.test(recommender.recommend(request));
        } catch (RuntimeException | Error e) {
            return false;
        }
    }
}
