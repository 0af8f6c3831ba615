package dev.recsys.pipelines.events;

import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.util.Optional;

/**
 * Ends a reading that memory will not hold, as soon as that can be told: when what is held by now is too much, or when events
 * alone would be at the end if the rest of the files is as what was read. Ids are not reckoned ahead, for they come again.
 */
public final class ReadingLimit implements ProgressListener {
    private static final double SURELY = 1.5; // for the rest may have shorter lines

    private final Held held;
    private final long limitBytes;
    private final ProgressListener listener;

    /** What a reading fills. */
    public interface Held {
        /** Returns the most bytes that are held by now. */
        long heldBytes();

        /** Returns how many of them are of events, of which there will be more the more is read. */
        long eventBytes();
    }

    /** Reads events. */
    public interface Reading<T> {
        /**
         * Reads all.
         *
         * @param listener is to hear of progress
         * @throws IOException if something cannot be read
         */
        T read(ProgressListener listener) throws IOException;
    }

    /** Says that memory does not hold what is read. */
    private static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Exceeded(long heldBytes, long limitBytes) {
            super("what is read takes " + heldBytes + " bytes, and memory holds " + limitBytes);
        }
    }

    private ReadingLimit(Held held, long limitBytes, ProgressListener listener) {
        this.held = held;
        this.limitBytes = limitBytes;
        this.listener = listener;
    }

    /**
     * Reads events if memory holds them.
     *
     * @param held says what they and their ids take
     * @param limitBytes what that may be at most
     * @param listener hears of progress
     * @return empty if it would be more, told as soon as it can be
     * @throws IOException if something cannot be read
     */
    public static <T> Optional<T> within(Held held, long limitBytes, ProgressListener listener, Reading<T> reading)
            throws IOException {
        try {
            return Optional.of(reading.read(new ReadingLimit(held, limitBytes, listener)));
        } catch (Exceeded | OutOfMemoryError e) { // what grows is there twice for a moment; all is let go now
            return Optional.empty();
        }
    }

    @Override
    public void progress(Phase phase, long done, long total) {
        long bytes = held.heldBytes();
        double atEnd = done == 0 ? 0 : (double) held.eventBytes() / done * total;
        if (bytes > limitBytes || atEnd > SURELY * limitBytes) {
            throw new Exceeded(bytes, limitBytes);
        }
        listener.progress(phase, done, total);
    }
}
