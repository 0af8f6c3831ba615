package dev.recsys.postgres;

import dev.recsys.control.EventSink;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import dev.recsys.log.LogSettings;
import dev.recsys.log.LogWriter;
import dev.recsys.log.QueuedLog;
import dev.recsys.log.Redaction;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Writes what was shown and what users did to tables in PostgreSQL, without anybody waiting for it: the same lines as
 * {@link dev.recsys.log.FileEventSink} and {@link dev.recsys.log.OutcomeRecorder} write to files.
 *
 * <ul>
 *   <li>{@link #exposed} and {@link #record} put the record into a bounded queue, without a lock or I/O. Where the queue is
 *       full the new record is dropped and counted. One daemon thread writes batches, each tenant's in one transaction.
 *   <li>While the database is away a batch is tried again and again. Each row has a name, so that one whose commit nobody
 *       answered is there once. A record counts in exactly one number of {@link #stats}.
 *   <li>What the database refuses counts as failed, and so does what is of a person who was forgotten since, of the future, or
 *       older than {@link LogSettings#keepFor}.
 *   <li>If the process is killed, what was queued is lost, and nobody counts it: {@link dev.recsys.log.LogStats#lost} is 0.
 * </ul>
 *
 * <p>Months that have ended longer than {@link LogSettings#keepFor} ago are dropped once a day. Takes a connection now and then.
 * Close it before the database. Safe for concurrent use.
 */
public final class PostgresEventSink extends QueuedLog implements EventSink {
    private final LogWriter<Supplier<LogRow>, LogRow> writer;
    private final Redaction redaction;
    private final AtomicLong numbers = new AtomicLong(); // counted by the thread that writes

    private PostgresEventSink(LogWriter<Supplier<LogRow>, LogRow> writer, Redaction redaction) {
        super(writer);
        this.writer = writer;
        this.redaction = redaction;
    }

    /** Starts with a database, and with what of a record is written. */
    public static Builder builder(PostgresDatabase database, Redaction redaction) {
        return new Builder(database, redaction);
    }

    /** Collects how records are written; not safe for concurrent use. */
    public static final class Builder {
        private final PostgresDatabase database;
        private final Redaction redaction;
        private LogSettings settings = LogSettings.DEFAULT;
        private InstantSource clock = InstantSource.system();

        private Builder(PostgresDatabase database, Redaction redaction) {
            this.database = database;
            this.redaction = redaction;
        }

        /** Says how many wait, how many are a batch and how long is kept, {@link LogSettings#DEFAULT} by default. */
        public Builder settings(LogSettings other) {
            this.settings = other;
            return this;
        }

        /** Takes the time from elsewhere. */
        public Builder clock(InstantSource other) {
            this.clock = other;
            return this;
        }

        /** Starts, with a daemon thread that writes; does not wait for the database. */
        public PostgresEventSink open() {
            LogRows rows = new LogRows(
                    database.transactions(), new OutcomeBounds(settings.keepFor(), clock), UUID.randomUUID());
            return new PostgresEventSink(LogWriter.start("recsys-events", Supplier::get, rows, settings), redaction);
        }
    }

    @Override
    public void exposed(Exposure exposure) {
        boolean unused = writer.offer(() -> LogTable.of(numbers.incrementAndGet(), redaction.of(exposure)));
    }

    /** Takes an outcome without waiting; returns whether it is queued, else it is counted as dropped. */
    public boolean record(Outcome outcome) {
        return writer.offer(() -> LogTable.of(numbers.incrementAndGet(), redaction.of(outcome)));
    }
}
