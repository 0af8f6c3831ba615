package dev.recsys.pipelines;

import dev.recsys.pipelines.events.EventSpiller;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.spill.WorkFolder;
import java.util.function.LongSupplier;

/**
 * Tells about what a build takes of the disk, as soon as a hundredth of the events is read, and ends one that the disk surely
 * does not hold. It is what the events so far take at most, and so much more as there is more to read.
 */
final class DiskNeed implements ProgressListener {
    private static final double ENOUGH = 0.01;
    private static final long ENOUGH_BYTES = 1 << 20; // so that what is read ahead counts little
    private static final double SURELY = 1.5; // for the rest may have shorter lines and more duplicates
    private static final long MB = 1_000_000;

    private final WorkFolder folder;
    private final LongSupplier mostBytes;
    private final LongSupplier usableBytes;
    private final ProgressListener listener;
    private boolean told;

    DiskNeed(WorkFolder folder, EventSpiller spiller, ProgressListener listener) {
        this(folder, spiller::mostBytes, folder::usableBytes, listener);
    }

    DiskNeed(WorkFolder folder, LongSupplier mostBytes, LongSupplier usableBytes, ProgressListener listener) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.usableBytes = usableBytes;
        this.listener = listener;
    }

    /**
     * Hears of progress.
     *
     * @throws IllegalArgumentException if the disk surely has no room
     */
    @Override
    public void progress(Phase phase, long done, long total) {
        if (!told && (done == total || done >= Math.max(ENOUGH_BYTES, ENOUGH * total))) {
            told = true;
            double share = total == 0 ? 1 : (double) done / total;
            long needed = (long) (mostBytes.getAsLong() / share);
            long usable = usableBytes.getAsLong();
            listener.disk(folder.path(), needed, usable);
            requireRoom(needed, usable);
        }
        listener.progress(phase, done, total);
    }

    private void requireRoom(long needed, long usable) {
        if (needed - folder.writtenBytes() > SURELY * usable) {
            throw new IllegalArgumentException("Memory does not hold the build, and through files it takes about "
                    + needed / MB + " MB in " + folder.path() + ", where " + usable / MB
                    + " MB are free. Make room, name"
                    + " another work folder (--work), or give the JVM more memory with -Xmx; nothing was built.");
        }
    }
}
