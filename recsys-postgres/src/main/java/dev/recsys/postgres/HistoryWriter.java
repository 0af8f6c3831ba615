package dev.recsys.postgres;

import dev.recsys.OutcomeUnknownException;
import dev.recsys.RecsysException;
import dev.recsys.postgres.Backlog.Entry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes what was recorded, in batches. A batch is written again until it is known to be there: while the
 * database is away, and when it cannot be said whether it was committed, for writing it twice is as writing it once. Of a
 * batch that the database refuses, only the outcomes that it refuses one by one are left out.
 */
final class HistoryWriter implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PostgresUserHistory.class);
    private static final int BATCH = 1_000;
    private static final Duration LINGER = Duration.ofMillis(200);
    private static final Duration IDLE = Duration.ofSeconds(1); // then the upkeep is looked after
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1); // for a statement under way at the end

    private final Backlog backlog;
    private final HistoryTable table;
    private final HistoryMonths months;
    private final HistoryCache cache;
    private final HistoryUpkeep upkeep;
    private final Thread thread = new Thread(this, "recsys-history");
    private volatile boolean stopped;

    HistoryWriter(Backlog backlog, HistoryTable table, HistoryMonths months, HistoryCache cache, HistoryUpkeep upkeep) {
        this.backlog = backlog;
        this.table = table;
        this.months = months;
        this.cache = cache;
        this.upkeep = upkeep;
        thread.setDaemon(true);
    }

    /**
     * Outcomes of one tenant that are written together.
     *
     * @param isLastTry whether what is refused now is refused for good
     */
    private record Piece(String tenant, List<Entry> outcomes, boolean isLastTry) {}

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                List<Entry> batch = backlog.take(BATCH, LINGER, IDLE);
                if (batch.isEmpty() && backlog.isClosed()) {
                    return;
                }
                write(batch);
                backlog.done();
                upkeep.runIfDue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the time to close is over
        }
    }

    private void write(List<Entry> batch) {
        Deque<Piece> pieces = byTenant(batch);
        int failures = 0;
        while (!pieces.isEmpty() && !stopped) {
            Piece piece = pieces.remove();
            try {
                write(piece);
                if (failures > 0) {
                    log.info("History is written again.");
                }
                failures = 0;
            } catch (RuntimeException e) {
                if (e instanceof RecsysException refusal && SqlFailures.isOfTheData(refusal)) {
                    refused(piece, pieces, refusal);
                } else {
                    pieces.push(piece);
                    failed(++failures, e);
                }
            }
        }
    }

    private static Deque<Piece> byTenant(List<Entry> batch) {
        Map<String, List<Entry>> tenants = new LinkedHashMap<>();
        for (Entry entry : batch) {
            tenants.computeIfAbsent(entry.outcome().scope().tenant(), any -> new ArrayList<>())
                    .add(entry);
        }
        Deque<Piece> pieces = new ArrayDeque<>();
        tenants.forEach((tenant, outcomes) -> pieces.add(new Piece(tenant, outcomes, false)));
        return pieces;
    }

    private void write(Piece piece) {
        List<Entry> outcomes = piece.outcomes();
        months.require(outcomes.stream().map(entry -> entry.outcome().at()).toList());
        backlog.doubt(outcomes.size());
        List<String> forgotten;
        try {
            forgotten = table.write(piece.tenant(), outcomes);
        } catch (OutcomeUnknownException e) {
            throw e;
        } catch (RuntimeException e) {
            backlog.doubt(0);
            throw e;
        }
        backlog.settle(Fate.FORGOTTEN, forgotten.size());
        backlog.settle(Fate.WRITTEN, outcomes.size() - forgotten.size());
        backlog.doubt(0);
        new HashSet<>(forgotten).forEach(user -> cache.forget(piece.tenant(), user));
    }

    private void refused(Piece piece, Deque<Piece> pieces, RecsysException refusal) {
        months.lookAgain(); // a month that was dropped meanwhile is a refusal too
        List<Entry> outcomes = piece.outcomes();
        if (outcomes.size() > 1) {
            int half = outcomes.size() / 2;
            pieces.push(new Piece(piece.tenant(), outcomes.subList(half, outcomes.size()), false));
            pieces.push(new Piece(piece.tenant(), outcomes.subList(0, half), false));
        } else if (!piece.isLastTry()) {
            pieces.push(new Piece(piece.tenant(), outcomes, true));
        } else {
            backlog.settle(Fate.REFUSED, 1);
            log.error("An outcome of tenant {} is not written: {}", piece.tenant(), refusal.getMessage());
        }
    }

    /** Says so once, and pauses: doubled from one failure to the next. */
    private void failed(int failures, RuntimeException e) {
        if (failures == 1 && !stopped) {
            log.error("History is not written for now, which is tried again and again: {}", e.getMessage());
        }
        long nanos = FIRST_PAUSE.toNanos() << Math.min(10, failures - 1);
        LockSupport.parkNanos(Math.min(LONGEST_PAUSE.toNanos(), nanos));
    }

    /** Writes what waits, but for no longer than that; then gives up. */
    void close(Duration within) {
        backlog.close();
        LockSupport.unpark(thread);
        try {
            thread.join(Math.max(1, within.toMillis()));
            stopped = true;
            thread.interrupt();
            thread.join(LAST_MOMENT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped = true;
            thread.interrupt();
            backlog.abandon();
        }
    }
}
