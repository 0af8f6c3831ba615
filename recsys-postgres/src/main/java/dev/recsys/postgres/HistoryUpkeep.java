package dev.recsys.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it, once a day, that there are months to write to and that none is kept for too long. */
final class HistoryUpkeep {
    private static final Logger log = LoggerFactory.getLogger(PostgresUserHistory.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(10);

    private final HistoryMonths months;
    private final OutcomeBounds bounds;
    private final AtomicLong dropped = new AtomicLong();
    private Instant due = Instant.MIN; // seen by the thread that writes alone

    HistoryUpkeep(HistoryMonths months, OutcomeBounds bounds) {
        this.months = months;
        this.bounds = bounds;
    }

    /** Does it if it is time; a failure is logged, and it is tried again in ten minutes. */
    void runIfDue() {
        Instant now = bounds.clock().instant();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plus(EVERY);
        try {
            int unused = run();
        } catch (RuntimeException e) {
            due = now.plus(AFTER_A_FAILURE);
            log.warn("The months of history could not be looked after, which is tried again: {}", e.getMessage());
        }
    }

    /** Does it now; returns how many months were dropped. */
    int run() {
        int months = this.months.tend(bounds.clock().instant(), bounds.oldest());
        dropped.addAndGet(months);
        return months;
    }

    /** Returns how many months were dropped so far. */
    long dropped() {
        return dropped.get();
    }
}
