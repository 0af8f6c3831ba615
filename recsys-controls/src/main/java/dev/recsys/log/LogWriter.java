package dev.recsys.log;

import dev.recsys.log.LogTarget.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue, and the thread that writes what is in it, in batches. A batch that the target refuses is given to it again
 * and again, while what is offered meanwhile fills the queue; what has no room there is dropped and counted. Safe for
 * concurrent use.
 *
 * @param <T> what is offered
 * @param <E> what is written of it
 */
public final class LogWriter<T, E> {
    private static final Logger log = LoggerFactory.getLogger(LogWriter.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LAST_MOMENT = Duration.ofMillis(500);

    private final Backlog<T> backlog;
    private final Function<T, E> encoding;
    private final LogTarget<E> target;
    private final LogSettings settings;
    private final Thread thread;
    private boolean isTending; // of the thread
    private long refused; // that cannot be encoded; of the thread
    private long untended; // of the thread

    private LogWriter(String name, Function<T, E> encoding, LogTarget<E> target, LogSettings settings) {
        this.backlog = new Backlog<>(settings.queue(), target::taken);
        this.encoding = encoding;
        this.target = target;
        this.settings = settings;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Starts a daemon thread.
     *
     * @param name of the thread
     * @param encoding makes what is written; called once for each record, on the thread; what it refuses counts as failed
     * @param target takes batches
     * @param settings how many wait, how many are a batch, and for how long; the others are the target's
     */
    public static <T, E> LogWriter<T, E> start(
            String name, Function<T, E> encoding, LogTarget<E> target, LogSettings settings) {
        LogWriter<T, E> writer = new LogWriter<>(name, encoding, target, settings);
        writer.thread.start();
        return writer;
    }

    /** Returns whether it was taken; never waits, takes no lock and does no I/O. */
    public boolean offer(T one) {
        int waiting = backlog.offer(one);
        if (waiting == settings.batch()) {
            LockSupport.unpark(thread);
        }
        return waiting > 0;
    }

    /** Returns what became of all that was offered. */
    public LogStats stats() {
        return backlog.stats(target.lost());
    }

    /** As {@link QueuedLog#flush}. */
    public boolean flush(Duration most) throws InterruptedException {
        return backlog.awaitRound(() -> LockSupport.unpark(thread), most);
    }

    private void run() {
        try {
            isTending = tend();
            while (!backlog.isAbandoned() && !(backlog.isClosed() && backlog.queued() == 0)) {
                round();
                pause();
            }
            finish();
            while (!backlog.isAbandoned() && tend()) {}
        } finally {
            backlog.abandon(); // whatever ended this, nobody writes any more
            target.release();
        }
    }

    private void round() {
        long asked = backlog.asked();
        List<T> batch = backlog.take(settings.batch());
        write(batch);
        isTending = tend();
        if (batch.size() < settings.batch() && !isTending) {
            backlog.done(asked);
        }
    }

    /** Nothing that goes wrong beside writing may end the thread. */
    private boolean tend() {
        try {
            return target.tend();
        } catch (Throwable e) {
            notTended(e);
            return false;
        }
    }

    private void finish() {
        try {
            target.finish();
        } catch (Throwable e) {
            notTended(e);
        }
    }

    private void notTended(Throwable e) {
        if (untended++ == 0) {
            log.error("{} cannot look after what it wrote; this is said once: ", thread.getName(), e);
        }
    }

    private void pause() {
        boolean isIdle = backlog.queued() < settings.batch() && !isTending && !backlog.isAskedFor();
        if (isIdle && !backlog.isClosed()) {
            LockSupport.parkNanos(this, settings.linger().toNanos());
        }
    }

    private void write(List<T> batch) {
        List<E> records = encoded(batch);
        if (records.isEmpty()) {
            return;
        }
        for (int failures = 0; !backlog.isAbandoned(); failures++) {
            try {
                Written written = target.write(records);
                backlog.wrote(written.count(), written.bytes());
                backlog.fail(records.size() - written.count());
                if (failures > 0) {
                    log.info("{} writes again.", thread.getName());
                }
                return;
            } catch (Throwable e) { // an Error too, such as of no memory: the thread is the only one that writes
                failed(failures, e);
            }
        }
    }

    private List<E> encoded(List<T> batch) {
        List<E> records = new ArrayList<>(batch.size());
        for (T one : batch) {
            try {
                records.add(encoding.apply(one));
            } catch (Throwable e) { // an Error too, such as of a host's supplier
                backlog.fail(1);
                target.failed();
                if (refused++ == 0) {
                    log.error("{} cannot write all that it is given; others are only counted: ", thread.getName(), e);
                }
            }
        }
        return records;
    }

    /** Says so once, and pauses: doubled from one failure to the next. */
    private void failed(int failures, Throwable e) {
        if (failures == 0) {
            log.error("{} cannot write, and tries again and again: {}", thread.getName(), e.toString());
        }
        long nanos = FIRST_PAUSE.toNanos() << Math.min(10, failures);
        LockSupport.parkNanos(this, Math.min(LONGEST_PAUSE.toNanos(), nanos));
    }

    /** Writes what waits, for as long as the settings allow; then gives up and counts it. */
    public void close() {
        backlog.close();
        LockSupport.unpark(thread);
        try {
            thread.join(settings.closeWithin().toMillis());
            if (thread.isAlive()) {
                backlog.abandon();
                thread.interrupt();
                thread.join(LAST_MOMENT.toMillis());
            }
        } catch (InterruptedException e) {
            backlog.abandon();
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
