package dev.recsys.pipelines.progress;

/** Counts one phase and tells a listener at a bounded cadence. Not safe for concurrent use. */
public final class Progress {
    private static final int CALLS = 200;

    private final ProgressListener listener;
    private final Phase phase;
    private final long total;
    private long nextCall;

    /**
     * Starts a phase.
     *
     * @param listener hears of it
     * @param phase which
     * @param total how much there is to do
     */
    public Progress(ProgressListener listener, Phase phase, long total) {
        this.listener = listener;
        this.phase = phase;
        this.total = total;
    }

    /** Says how much is done by now. */
    public void at(long done) {
        if (done >= nextCall && done < total) {
            nextCall = done + Math.max(1, total / CALLS);
            listener.progress(phase, done, total);
        }
    }

    /** Says that the phase is over. */
    public void done() {
        listener.progress(phase, total, total);
    }
}
