package dev.recsys.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that makes lines of what was offered and writes them, in batches. A batch that the disk refuses is written again
 * and again, while what is offered meanwhile fills the queue.
 */
final class LineWriter<T> implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(FileEventSink.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LAST_MOMENT = Duration.ofMillis(500);

    private final Backlog<T> backlog;
    private final Function<T, String> line;
    private final LogFiles files;
    private final LogSettings settings;
    private final Thread thread;
    private long refused; // that are no lines; of the thread

    LineWriter(String name, Function<T, String> line, LogFiles files, LogSettings settings) {
        this.backlog = new Backlog<>(settings.queue(), files.tally());
        this.line = line;
        this.files = files;
        this.settings = settings;
        this.thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    /**
     * Lines that are written at once.
     *
     * @param count how many
     * @param bytes all of them
     */
    private record Lines(int count, ByteArrayOutputStream bytes) {}

    void start() {
        thread.start();
    }

    /** Returns whether it was taken; never waits. */
    boolean offer(T one) {
        int waiting = backlog.offer(one);
        if (waiting == settings.batch()) {
            LockSupport.unpark(thread);
        }
        return waiting > 0;
    }

    LogStats stats() {
        return backlog.stats(files.lost());
    }

    /** Waits until all that came before is written, and finished files are packed. */
    boolean flush(Duration most) throws InterruptedException {
        return backlog.awaitRound(() -> LockSupport.unpark(thread), most);
    }

    @Override
    public void run() {
        try {
            files.retain();
            while (!backlog.isAbandoned() && !(backlog.isClosed() && backlog.queued() == 0)) {
                round();
                pause();
            }
            files.finish();
            while (files.isPacking() && !backlog.isAbandoned()) {
                files.pack();
            }
        } finally {
            backlog.abandon(); // whatever ended this, nobody writes any more
            files.release();
        }
    }

    private void round() {
        long asked = backlog.asked();
        List<T> batch = backlog.take(settings.batch());
        write(batch);
        files.rotateIfDue();
        files.pack();
        if (batch.size() < settings.batch() && !files.isPacking()) {
            backlog.done(asked);
        }
    }

    private void pause() {
        boolean isIdle = backlog.queued() < settings.batch() && !files.isPacking() && !backlog.isAskedFor();
        if (isIdle && !backlog.isClosed()) {
            LockSupport.parkNanos(this, settings.linger().toNanos());
        }
    }

    private void write(List<T> batch) {
        Lines lines = lines(batch);
        if (lines.count() == 0) {
            return;
        }
        byte[] bytes = lines.bytes().toByteArray();
        for (int failures = 0; !backlog.isAbandoned(); failures++) {
            try {
                files.append(bytes, lines.count());
                backlog.wrote(lines.count(), bytes.length);
                if (failures > 0) {
                    log.info("{} writes again.", thread.getName());
                }
                return;
            } catch (IOException | RuntimeException e) {
                failed(failures, e);
            }
        }
    }

    private Lines lines(List<T> batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int count = 0;
        for (T one : batch) {
            try {
                bytes.writeBytes((line.apply(one) + "\n").getBytes(StandardCharsets.UTF_8));
                count++;
            } catch (RuntimeException e) {
                backlog.fail(1);
                files.tally().failed();
                if (refused++ == 0) {
                    log.error("{} cannot write all that it is given; others are only counted: ", thread.getName(), e);
                }
            }
        }
        return new Lines(count, bytes);
    }

    /** Says so once, and pauses: doubled from one failure to the next. */
    private void failed(int failures, Exception e) {
        if (failures == 0) {
            log.error("{} cannot write, and tries again and again: {}", thread.getName(), e.toString());
        }
        long nanos = FIRST_PAUSE.toNanos() << Math.min(10, failures);
        LockSupport.parkNanos(this, Math.min(LONGEST_PAUSE.toNanos(), nanos));
    }

    /** Writes what waits, for as long as the settings allow; then gives up and counts it. */
    void close() {
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
