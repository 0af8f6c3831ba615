package dev.recsys.log;

import java.time.Duration;

/** A log whose records wait in a queue for a thread that writes them. Safe for concurrent use. */
public abstract class QueuedLog implements AutoCloseable {
    private final LogWriter<?, ?> writer;

    /** Is written by this, which is started already. */
    protected QueuedLog(LogWriter<?, ?> writer) {
        this.writer = writer;
    }

    /** Returns what became of all that this was given. */
    public LogStats stats() {
        return writer.stats();
    }

    /**
     * Waits until all that came before is written, and what was due beside that is done, such as packing finished files;
     * returns false if that takes longer.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public boolean flush(Duration most) throws InterruptedException {
        return writer.flush(most);
    }

    /** Writes what waits, within {@link LogSettings#closeWithin}; what is not written by then counts as failed. */
    @Override
    public void close() {
        writer.close();
    }
}
