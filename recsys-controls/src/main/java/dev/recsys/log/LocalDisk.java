package dev.recsys.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The disk of the machine. A file is in use as long as somebody has its lock, which ends with the process at the latest. */
final class LocalDisk implements Disk {
    @Override
    public Output create(Path file) throws IOException {
        FileChannel channel = FileModes.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        try {
            // Between the two steps another process may take the file for a leftover: it has the lock, or has deleted
            // it.
            if (channel.tryLock() == null || Files.notExists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            return new Locked(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Gives its lock up when it is closed. */
    private record Locked(FileChannel channel) implements Output {
        @Override
        public void append(byte[] bytes) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        @Override
        public void cutTo(long sizeBytes) throws IOException {
            channel.truncate(sizeBytes);
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
