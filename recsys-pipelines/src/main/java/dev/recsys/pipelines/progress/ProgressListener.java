package dev.recsys.pipelines.progress;

import java.nio.file.Path;

/**
 * Hears how far a job is. Called on the thread that runs the job, at most about 200 times a phase, the last time with
 * {@code done == total}. What it throws ends the job.
 */
@FunctionalInterface
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NONE = (phase, done, total) -> {};

    /**
     * Hears of progress.
     *
     * @param phase which step
     * @param done how much of it is done
     * @param total how much there is, not less than {@code done}
     */
    void progress(Phase phase, long done, long total);

    /**
     * Hears how much memory the job takes at most, before it takes it; a job that takes more than the heap has room for is refused
     * right after. One that goes through files is told of what it takes then.
     *
     * @param neededBytes the most that it takes at one time
     * @param heapBytes what the heap has room for, beside what the JVM and files need of it
     */
    default void memory(long neededBytes, long heapBytes) {}

    /**
     * Hears that memory does not hold the job, which goes on through files, and about how much of the disk they take.
     *
     * @param folder where they lie
     * @param neededBytes about what they will take at most if all events are like the first hundredth; a build that
     *     surely does not fit is refused right after
     * @param usableBytes what is free there; {@link Long#MAX_VALUE} if the system does not say
     */
    default void disk(Path folder, long neededBytes, long usableBytes) {}
}
