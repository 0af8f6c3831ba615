package dev.recsys.store.fs;

import dev.recsys.DamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads whole files and notices when one is longer than allowed or ends early. */
final class Content {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Disk disk;

    Content(Disk disk) {
        this.disk = disk;
    }

    /** Returns a file's bytes, or empty if there is no such file. */
    Optional<byte[]> read(Path path, long maxBytes, Deadline deadline) throws IOException {
        Optional<Disk.Entry> entry = disk.stat(path).filter(Disk.Entry::isFile);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        long sizeBytes = requireAtMost(maxBytes, entry.get().sizeBytes(), deadline);
        deadline.requireTime();
        try (InputStream in = disk.open(path)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(sizeBytes));
            requireWhole(sizeBytes, bytes.length, deadline);
            deadline.requireTime();
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Copies a file's bytes; returns false if there is no such file. */
    boolean copy(Path path, OutputStream out, long maxBytes, Deadline deadline) throws IOException {
        Optional<Disk.Entry> entry = disk.stat(path).filter(Disk.Entry::isFile);
        if (entry.isEmpty()) {
            return false;
        }
        long sizeBytes = requireAtMost(maxBytes, entry.get().sizeBytes(), deadline);
        try (InputStream in = disk.open(path)) {
            requireWhole(sizeBytes, copy(in, out, sizeBytes, deadline), deadline);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static long copy(InputStream in, OutputStream out, long sizeBytes, Deadline deadline) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        long copied = 0;
        while (copied < sizeBytes) {
            deadline.requireTime();
            int read = in.read(chunk, 0, (int) Math.min(CHUNK_BYTES, sizeBytes - copied));
            if (read < 0) {
                return copied;
            }
            write(out, chunk, read, deadline);
            copied += read;
        }
        return copied;
    }

    private static void write(OutputStream out, byte[] chunk, int length, Deadline deadline) {
        try {
            out.write(chunk, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(deadline.what() + " failed at the stream that receives it", e);
        }
    }

    private static long requireAtMost(long maxBytes, long sizeBytes, Deadline deadline) {
        if (sizeBytes > maxBytes) {
            throw new DamagedException(deadline.what() + ": expected at most " + maxBytes + " bytes, found " + sizeBytes
                    + "; it is not what was published, do not use it");
        }
        return sizeBytes;
    }

    private static void requireWhole(long expectedBytes, long foundBytes, Deadline deadline) {
        if (foundBytes < expectedBytes) {
            throw new DamagedException(deadline.what() + ": it ended after " + foundBytes + " of " + expectedBytes
                    + " bytes; the disk or a foreign process damaged it, do not use it");
        }
    }
}
