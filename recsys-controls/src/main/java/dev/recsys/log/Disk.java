package dev.recsys.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** Where files are written; tests put in one that is slow or full. */
interface Disk {
    /**
     * Creates an empty file that other processes can see to be in use.
     *
     * @throws FileAlreadyExistsException if there is one of this name, or another process looks at it
     */
    Output create(Path file) throws IOException;

    /** A file that is written to; only one thread uses it. */
    interface Output extends Closeable {
        /** Adds bytes at the end; after a failure some of them may be there. */
        void append(byte[] bytes) throws IOException;

        /** Cuts the file. */
        void cutTo(long sizeBytes) throws IOException;

        /** Returns once all bytes would survive a loss of power. */
        void sync() throws IOException;
    }
}
