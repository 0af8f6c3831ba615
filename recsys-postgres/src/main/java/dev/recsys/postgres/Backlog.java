package dev.recsys.postgres;

import dev.recsys.control.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The outcomes that wait to be written, in the order in which they came, numbered from 1; and what became of all others. Who
 * offers never waits for who writes. One thread takes. Safe for concurrent use.
 */
final class Backlog {
    private final int capacity;
    private final LongSupplier nanoTime;
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private long recorded;
    private long last; // number that was given
    private long hurried; // number up to which nothing lingers
    private int wanted; // how many make a batch
    private long firstTaken; // number of those that are being written; 0 if none is
    private int taken; // that are being written, without those whose fate is known
    private int inDoubt; // of the taken: may be committed or not
    private boolean closed;
    private boolean abandoned;

    Backlog(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
    }

    /**
     * An outcome that waits.
     *
     * @param number grows in the order in which they came
     */
    record Entry(long number, Outcome outcome) {}

    /** Takes an outcome and returns its number; 0 if it was dropped. */
    synchronized long offer(Outcome outcome) {
        recorded++;
        if (closed || waiting.size() + taken >= capacity) {
            count(Fate.DROPPED, 1);
            return 0;
        }
        waiting.add(new Entry(++last, outcome));
        if (waiting.size() == 1 || waiting.size() == wanted) {
            notifyAll();
        }
        return last;
    }

    /** Counts an outcome that cannot be written. */
    synchronized void refuse() {
        recorded++;
        count(Fate.REFUSED, 1);
    }

    /**
     * Returns the oldest that wait, up to so many, once there are as many, or the first has lingered for long enough, or
     * somebody waits for it. Returns nothing after {@code idle} if nothing came, and once all is taken and this is closed.
     */
    synchronized List<Entry> take(int most, Duration linger, Duration idle) throws InterruptedException {
        wanted = most;
        boolean unused = await(() -> closed || !waiting.isEmpty(), idle);
        unused = await(() -> closed || waiting.size() >= most || isHurried(), linger);
        List<Entry> batch = new ArrayList<>();
        while (!waiting.isEmpty() && batch.size() < most) {
            batch.add(waiting.remove());
        }
        if (!batch.isEmpty()) {
            firstTaken = batch.get(0).number();
            taken = batch.size();
        }
        return batch;
    }

    private boolean isHurried() {
        return waiting.isEmpty() || waiting.element().number() <= hurried;
    }

    private boolean await(BooleanSupplier isSo, Duration most) throws InterruptedException {
        long endNanos = nanoTime.getAsLong() + most.toNanos();
        while (!isSo.getAsBoolean()) {
            long leftNanos = endNanos - nanoTime.getAsLong();
            if (leftNanos <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
        }
        return true;
    }

    /** Says how many of those that were taken may be committed or not from now on. */
    synchronized void doubt(int outcomes) {
        inDoubt = outcomes;
    }

    /** Says what became of some that were taken. */
    synchronized void settle(Fate fate, int outcomes) {
        if (!abandoned) {
            taken -= outcomes;
            count(fate, outcomes);
        }
    }

    /** Says that the fate of all that were taken is known. */
    synchronized void done() {
        firstTaken = 0;
        notifyAll();
    }

    /** Returns the number up to which nothing waits any more. */
    synchronized long settled() {
        if (firstTaken > 0) {
            return firstTaken - 1;
        }
        return waiting.isEmpty() ? last : waiting.element().number() - 1;
    }

    /** Waits until nothing waits any more of what came before; returns false if that took too long. */
    synchronized boolean flush(Duration most) throws InterruptedException {
        long target = last;
        hurried = target;
        notifyAll();
        return await(() -> settled() >= target, most);
    }

    /** Forgets what waits of a person. */
    synchronized void forget(String tenant, String user) {
        for (Iterator<Entry> entries = waiting.iterator(); entries.hasNext(); ) {
            Outcome outcome = entries.next().outcome();
            if (outcome.user().equals(user) && outcome.scope().tenant().equals(tenant)) {
                entries.remove();
                count(Fate.FORGOTTEN, 1);
            }
        }
        notifyAll();
    }

    /** Takes no more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Gives up what waits and what is being written; what is said of it later counts no more. */
    synchronized void abandon() {
        if (!abandoned) {
            abandoned = true;
            int unknown = Math.min(inDoubt, taken);
            count(Fate.UNKNOWN, unknown);
            count(Fate.LOST, waiting.size() + taken - unknown);
            waiting.clear();
            taken = 0;
            firstTaken = 0;
            notifyAll();
        }
    }

    private void count(Fate fate, int outcomes) {
        fates.merge(fate, (long) outcomes, Long::sum);
    }

    private long number(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    /** Returns all numbers as of one moment. */
    synchronized HistoryStats stats(long unread, long monthsDropped) {
        return new HistoryStats(
                recorded,
                waiting.size() + taken,
                number(Fate.WRITTEN),
                number(Fate.FORGOTTEN),
                number(Fate.REFUSED),
                number(Fate.DROPPED),
                number(Fate.LOST),
                number(Fate.UNKNOWN),
                unread,
                monthsDropped);
    }
}
