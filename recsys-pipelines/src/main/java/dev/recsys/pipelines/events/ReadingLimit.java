package dev.recsys.pipelines.events;

import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Ends a reading that memory will not hold, as soon as that can be told: when what is held by now is too much, or when it
 * would be at the end if the rest of the files is as what was read.
 */
public final class ReadingLimit implements ProgressListener {
    private static final double SURELY = 1.5; // for the rest may have shorter lines

    private final LongSupplier heldBytes;
    private final long limitBytes;
    private final ProgressListener listener;

    /** Reads events into a builder. */
    public interface Reading {
        /**
         * Reads all.
         *
         * @param listener is to hear of progress
         * @throws IOException if something cannot be read
         */
        EventReader.Result read(ProgressListener listener) throws IOException;
    }

    /** Says that memory does not hold what is read. */
    private static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Exceeded(long heldBytes, long limitBytes) {
            super("what is read takes " + heldBytes + " bytes, and memory holds " + limitBytes);
        }
    }

    private ReadingLimit(LongSupplier heldBytes, long limitBytes, ProgressListener listener) {
        this.heldBytes = heldBytes;
        this.limitBytes = limitBytes;
        this.listener = listener;
    }

    /**
     * Reads events if memory holds them.
     *
     * @param builder into which they are read
     * @param limitBytes what they and their ids may take together while they are read
     * @param listener hears of progress
     * @return empty if it would be more, told as soon as it can be
     * @throws IOException if something cannot be read
     */
    public static Optional<EventReader.Result> within(
            EventsBuilder builder, long limitBytes, ProgressListener listener, Reading reading) throws IOException {
        try {
            return Optional.of(reading.read(new ReadingLimit(builder::heldBytes, limitBytes, listener)));
        } catch (Exceeded | OutOfMemoryError e) { // what grows is there twice for a moment; all is let go now
            return Optional.empty();
        }
    }

    @Override
    public void progress(Phase phase, long done, long total) {
        long held = heldBytes.getAsLong();
        double atEnd = done == 0 ? 0 : (double) held / done * total;
        if (held > limitBytes || atEnd > SURELY * limitBytes) {
            throw new Exceeded(held, limitBytes);
        }
        listener.progress(phase, done, total);
    }
}
