package dev.recsys.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that listens for notifications, on a connection of its own. A notification says no more than that there is
 * something new in the feed; the feed is also looked at without one, once in a while. After a connection was lost everything
 * is asked for anew, so that it does not matter what was missed.
 */
final class FleetThread implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PostgresControls.class);
    private static final String CHANNEL = "recsys";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
    private static final Duration WAIT = Duration.ofMillis(500); // for a notification; then whether to end is looked at

    private final DataSource source;
    private final Feed feed;
    private final Duration interval;
    private final Runnable everything;
    private final Consumer<FleetChange> one;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile Optional<String> problem = Optional.of("the database has not been asked yet");
    private volatile boolean closed;
    private boolean isTold; // that the database is away

    /**
     * Creates it; {@link #start} starts it.
     *
     * @param interval how long to wait for a notification before the feed is looked at without one
     * @param everything asks for everything anew
     * @param one hears of one change
     */
    FleetThread(
            DataSource source,
            Feed feed,
            Duration interval,
            Runnable everything,
            Consumer<FleetChange> one,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.source = source;
        this.feed = feed;
        this.interval = interval;
        this.everything = everything;
        this.one = one;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.thread = new Thread(this, "recsys-postgres");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits until the database has answered once; returns whether it has. */
    boolean awaitAnswer(Duration time) {
        try {
            return answered.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns why the database has not confirmed what is known; empty if it has. */
    Optional<String> problem() {
        return problem;
    }

    @Override
    public void run() {
        int failures = 0;
        while (!closed) {
            long startNanos = nanoTime.getAsLong();
            try {
                listen();
            } catch (Throwable e) { // an Error too: nobody else would listen
                boolean wasSound = nanoTime.getAsLong() - startNanos > LONGEST_PAUSE.toNanos();
                failures = wasSound ? 1 : failures + 1;
                failed(e);
                pause(failures);
            }
        }
    }

    private void failed(Throwable e) {
        if (closed || isTold) {
            return;
        }
        isTold = true;
        String reason = e instanceof SQLException sql ? SqlFailures.firstLine(sql) : String.valueOf(e.getMessage());
        log.error("The database is away: {}. What is known already holds; it is asked again and again.", reason);
        problem = Optional.of("the database has not answered since " + clock.instant());
    }

    /** Doubled from one failure to the next. */
    private void pause(int failures) {
        long nanos = FIRST_PAUSE.toNanos() << Math.min(10, failures - 1);
        LockSupport.parkNanos(Math.min(LONGEST_PAUSE.toNanos(), nanos));
    }

    private void listen() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, (int) ANSWERS_WITHIN.toMillis());
            connection.setAutoCommit(true);
            try (Statement listen = connection.createStatement()) {
                listen.execute("listen " + CHANNEL);
            }
            feed.purge();
            look(); // what is committed from here on is told
            everything.run();
            if (isTold) {
                log.info("The database answers; what is configured is up to date.");
            }
            isTold = false;
            problem = Optional.empty();
            answered.countDown();
            follow(connection.unwrap(PGConnection.class));
        }
    }

    private void follow(PGConnection connection) throws SQLException {
        long lookedAtNanos = nanoTime.getAsLong();
        while (!closed) {
            boolean told = connection.getNotifications((int) WAIT.toMillis()).length > 0;
            if (told || nanoTime.getAsLong() - lookedAtNanos >= interval.toNanos()) {
                lookedAtNanos = nanoTime.getAsLong();
                look();
            }
        }
    }

    private void look() {
        feed.next().forEach(one);
        feed.done();
    }

    /** Ends the thread, which takes as long as it waits for a notification; waits for that, unless it is this thread. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
