package dev.recsys.pipelines;

import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.spill.WorkFolder;

/** Tells what a build takes of the disk, as soon as a hundredth of the events is read. */
final class DiskNeed implements ProgressListener {
    private static final double ENOUGH = 0.01;
    private static final double SESSIONS = 1.2; // sessions are written once more than their events

    private final WorkFolder folder;
    private final ProgressListener listener;
    private boolean told;

    DiskNeed(WorkFolder folder, ProgressListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    @Override
    public void progress(Phase phase, long done, long total) {
        if (!told && done >= ENOUGH * total) {
            told = true;
            double share = total == 0 ? 1 : (double) done / total;
            long needed = (long) (SESSIONS * folder.putBytes() / share);
            listener.disk(folder.path(), needed, folder.usableBytes());
        }
        listener.progress(phase, done, total);
    }
}
