package dev.recsys.pipelines.events;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the events of one file after the other, in order. */
interface FileReading {
    /**
     * Reads a file to its end.
     *
     * @param isRead is told whenever some of the file has been read
     * @return the number of records
     */
    long read(Path path, EventFile file, Runnable isRead) throws IOException;
}
