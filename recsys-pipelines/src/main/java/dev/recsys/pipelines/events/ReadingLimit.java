package dev.recsys.pipelines.events;

import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import java.util.function.LongSupplier;

/**
 * Ends a reading that memory will not hold, as soon as that can be told: when what is held by now is too much, or when it
 * would be at the end if the rest of the files is as what was read.
 */
final class ReadingLimit implements ProgressListener {
    private static final double SURELY = 1.5; // for the rest may have shorter lines

    private final LongSupplier heldBytes;
    private final long limitBytes;
    private final ProgressListener listener;

    /** Says that memory does not hold what is read. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Exceeded(long heldBytes, long limitBytes) {
            super("what is read takes " + heldBytes + " bytes, and memory holds " + limitBytes);
        }
    }

    ReadingLimit(LongSupplier heldBytes, long limitBytes, ProgressListener listener) {
        this.heldBytes = heldBytes;
        this.limitBytes = limitBytes;
        this.listener = listener;
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
