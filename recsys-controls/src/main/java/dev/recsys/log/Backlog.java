package dev.recsys.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits to be written, oldest first, and what became of all else. Who offers takes no lock, does no I/O and never waits;
 * one thread takes. Safe for concurrent use.
 */
final class Backlog<T> {
    private final int capacity;
    private final Runnable onTaken;
    private final ConcurrentLinkedQueue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger(); // waiting, or taken and not settled
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean abandoned;
    private int taken; // not settled; guarded by this
    private long asked; // rounds that somebody waits for; guarded by this
    private long done; // guarded by this

    Backlog(int capacity, Runnable onTaken) {
        this.capacity = capacity;
        this.onTaken = onTaken;
    }

    /** Takes one, or counts it as dropped; returns how many wait now, 0 if it was dropped. */
    int offer(T one) {
        int before = queued.getAndIncrement();
        if (closed || before >= capacity) {
            queued.decrementAndGet();
            dropped.incrementAndGet();
            return 0;
        }
        onTaken.run();
        waiting.add(one);
        if (abandoned) { // since the look at closed
            giveUpWaiting();
        }
        return before + 1;
    }

    int queued() {
        return queued.get();
    }

    /** Returns the oldest, so many at most. Those that were taken before must be settled. */
    List<T> take(int most) {
        List<T> batch = new ArrayList<>();
        while (batch.size() < most) {
            Optional<T> one = Optional.ofNullable(waiting.poll());
            if (one.isEmpty()) {
                break;
            }
            batch.add(one.get());
        }
        return begin(batch.size()) ? batch : List.of();
    }

    private synchronized boolean begin(int count) {
        taken = count;
        if (abandoned) {
            fail(count);
        }
        return !abandoned;
    }

    /** Says that some that were taken are in a file. */
    synchronized void wrote(int count, long sizeBytes) {
        if (!abandoned) {
            taken -= count;
            written.addAndGet(count);
            bytes.addAndGet(sizeBytes);
            queued.addAndGet(-count);
        }
    }

    /** Says that some that were taken will not be in a file. */
    synchronized void fail(int count) {
        if (taken >= count) {
            taken -= count;
            failed.addAndGet(count);
            queued.addAndGet(-count);
        }
    }

    /** Asks for a round of the writer that begins after this, and waits for its end. */
    synchronized boolean awaitRound(Runnable wake, Duration most) throws InterruptedException {
        long target = ++asked;
        wake.run();
        long end = System.nanoTime() + most.toNanos();
        while (done < target && !abandoned) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !abandoned;
    }

    /** Returns the number of the round that was asked for last. */
    synchronized long asked() {
        return asked;
    }

    synchronized boolean isAskedFor() {
        return asked > done;
    }

    /** Says that all rounds up to this one have ended. */
    synchronized void done(long round) {
        done = round;
        notifyAll();
    }

    /** Takes no more. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Gives up what waits and what is being written; what is said of it later counts no more. */
    synchronized void abandon() {
        closed = true;
        abandoned = true;
        fail(taken);
        giveUpWaiting();
        notifyAll();
    }

    /** Whoever removes one counts it, so that none counts twice. */
    private void giveUpWaiting() {
        while (waiting.poll() != null) {
            failed.incrementAndGet();
            queued.decrementAndGet();
        }
    }

    LogStats stats(long lost) {
        return new LogStats(written.get(), dropped.get(), failed.get(), queued.get(), bytes.get(), lost);
    }
}
