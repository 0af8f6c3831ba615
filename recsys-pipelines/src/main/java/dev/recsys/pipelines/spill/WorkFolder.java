package dev.recsys.pipelines.spill;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The folder in which a build has its temporary files. Every file vanishes when it is closed, and also when the process is
 * killed, so that nothing is left behind. Not safe for concurrent use; any number of builds may share a folder.
 */
public final class WorkFolder {
    private static final long MB = 1_000_000;

    private final Path path;
    private long putBytes;
    private long writtenBytes;

    private WorkFolder(Path path) {
        this.path = path;
    }

    /**
     * Names a folder.
     *
     * @throws IOException if it is missing and cannot be made; the message names it
     */
    public static WorkFolder at(Path path) throws IOException {
        WorkFolder folder = new WorkFolder(path);
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw folder.failed("make the work folder", e);
        }
        return folder;
    }

    /** Returns the folder. */
    public Path path() {
        return path;
    }

    /** Returns how many bytes were written by now. */
    public long writtenBytes() {
        return writtenBytes;
    }

    /** Returns how many bytes were put into files by now, those included that wait in memory. */
    public long putBytes() {
        return putBytes;
    }

    /** Returns how many bytes the disk has room for; 0 if it does not say. */
    public long usableBytes() {
        return path.toFile().getUsableSpace();
    }

    /** Creates an empty file that nobody else has; a system with names of open files drops the name at once. */
    FileChannel create(String what) throws IOException {
        try {
            return FileChannel.open(
                    path.resolve(".recsys-" + what + "-" + UUID.randomUUID() + ".tmp"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw failed("create a file", e);
        }
    }

    void put(long bytes) {
        putBytes += bytes;
    }

    void wrote(long bytes) {
        writtenBytes += bytes;
    }

    /** Returns a failure that says where, how much was written, how much room there is, and what to do. */
    IOException failed(String doing, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while files of " + path + " were written or read");
            interrupted.initCause(cause);
            return interrupted;
        }
        return new IOException(
                "Cannot " + doing + " in " + path + " after " + writtenBytes / MB + " MB: " + cause.getMessage() + ". "
                        + usableBytes() / MB
                        + " MB are free there. Make room, name another work folder, or give the JVM"
                        + " more memory with -Xmx; nothing was built.",
                cause);
    }
}
