package dev.recsys.pipelines.spill;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which a build has its temporary files. Every file vanishes when it is closed, and also when the process is
 * killed, so that nothing is left behind; closing the folder closes all that are open still, whoever failed to. Not safe for
 * concurrent use; any number of builds may share a folder.
 */
public final class WorkFolder implements Closeable {
    private static final long MB = 1_000_000;

    private final Path path;
    private final List<FileChannel> open = new ArrayList<>();
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

    /**
     * Requires a folder in which temporary files can be made; makes one that it deletes again.
     *
     * @throws IllegalArgumentException if it is missing, no folder, or no file can be made in it; the message names it
     */
    public static void requireUsable(Path path) {
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("The work folder " + path
                    + (Files.exists(path) ? " is a file" : " is not there")
                    + "; expected a folder for temporary files. Make it, or name another one; nothing was built.");
        }
        try {
            make(path, "probe").close();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "In the work folder " + path + " no file can be made: " + reason(e)
                            + ". Let this process write there, or name another folder; nothing was built.",
                    e);
        }
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

    /** Returns how many bytes the disk has room for; {@link Long#MAX_VALUE} if it does not say. */
    public long usableBytes() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Closes all files that are open. Idempotent. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (FileChannel file : open) {
            try {
                file.close();
            } catch (IOException e) {
                failure = added(failure, e);
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }

    /** Creates an empty file that nobody else has; a system with names of open files drops the name at once. */
    FileChannel create(String what) throws IOException {
        try {
            FileChannel file = make(path, what);
            open.add(file);
            return file;
        } catch (IOException e) {
            throw failed("create a file", e);
        }
    }

    /** Closes a file, which vanishes. */
    void drop(FileChannel file) throws IOException {
        open.remove(file);
        file.close();
    }

    private static FileChannel make(Path folder, String what) throws IOException {
        return FileChannel.open(
                folder.resolve(".recsys-" + what + "-" + UUID.randomUUID() + ".tmp"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
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
        long usable = usableBytes();
        String doFirst = cause instanceof AccessDeniedException ? "Let this process write there" : "Make room";
        return new IOException(
                "Cannot " + doing + " in " + path + " after " + writtenBytes / MB + " MB: " + reason(cause) + ". "
                        + (usable == Long.MAX_VALUE ? "" : usable / MB + " MB are free there. ") + doFirst
                        + ", name another work folder, or give the JVM more memory with -Xmx; nothing was built.",
                cause);
    }

    private static IOException added(@Nullable IOException first, IOException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    /** Some exceptions about a file only name it. */
    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "no permission";
        }
        return cause instanceof NoSuchFileException ? "there is no such folder" : String.valueOf(cause.getMessage());
    }
}
