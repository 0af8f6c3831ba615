package dev.recsys.log;

import java.io.IOException;
import java.util.List;

/**
 * What a {@link LogWriter} writes to. Its thread alone calls all but {@link #taken} and {@link #lost}.
 *
 * @param <E> a record as it is written
 */
public interface LogTarget<E> {
    /** Counts one that was taken into the queue; on the thread that offers it, so without a lock or I/O. */
    void taken();

    /** Counts one that was taken and can never be written. */
    void failed();

    /**
     * Writes records: after an exception they are given once more, all of them, and must then count once.
     *
     * @return what became of them
     * @throws IOException if they cannot be written for now
     */
    Written write(List<E> records) throws IOException;

    /**
     * What became of records.
     *
     * @param count how many are written; the others never will be
     * @param bytes of those that are written
     */
    record Written(int count, long bytes) {}

    /** Does what is due beside writing, a piece of it; returns whether there is more of it. */
    boolean tend();

    /** Ends what is written to: nothing more comes, but {@link #tend} for as long as there is more of it. */
    void finish();

    /** Lets go of everything; the last call. */
    void release();

    /** Returns how many records earlier processes had taken and not written, as far as is known. */
    long lost();
}
