package dev.recsys.log;

import dev.recsys.log.Packing.Finished;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that processes left when they ended: whole lines stay, what a line has no end of is cut off and counted. */
final class Leftovers {
    private static final Logger log = LoggerFactory.getLogger(FileEventSink.class);
    private static final int PIECE_BYTES = 8 << 10;
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

    private final Path folder;
    private final List<Finished> found = new ArrayList<>();
    private long lost;

    private Leftovers(Path folder) {
        this.folder = folder;
    }

    /** Takes those that no process has any more, oldest first. */
    static Leftovers take(Path folder, String kind) throws IOException {
        Leftovers leftovers = new Leftovers(folder);
        for (LogName name : names(folder, kind, LogName.PLAIN)) {
            if (!isOfThisProcess(name)) {
                leftovers.take(name);
            }
        }
        return leftovers;
    }

    /** Returns the names of a kind and ending, oldest first. */
    static List<LogName> names(Path folder, String kind, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> LogName.parse(file, kind, ending))
                    .flatMap(Optional::stream)
                    .sorted(LogName.OLDEST_FIRST)
                    .toList();
        }
    }

    /** Of its own files a process must open none a second time, which would end the lock of the first. */
    private static boolean isOfThisProcess(LogName name) {
        ProcessHandle self = ProcessHandle.current();
        Instant begun = self.info().startInstant().orElse(Instant.EPOCH);
        return name.pid() == self.pid() && name.start().isAfter(begun.minus(CLOCKS_DIFFER));
    }

    List<Finished> found() {
        return List.copyOf(found);
    }

    /** Returns the file beside one that is written to, which says how many lines it is to have. */
    static Path expected(Path file) {
        return file.resolveSibling(file.getFileName() + ".expected");
    }

    /** Returns how many lines are known to be lost. */
    long lost() {
        return lost;
    }

    private void take(LogName name) throws IOException {
        Path file = name.in(folder, LogName.PLAIN);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            log.warn("{} is left as it is: {}", file, e.toString());
            return;
        }
        boolean taken = false;
        try {
            taken = isFree(channel, file) && repair(name, file, channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static boolean isFree(FileChannel channel, Path file) throws IOException {
        try {
            return channel.tryLock() != null && Files.exists(file); // who had it may have packed and deleted it
        } catch (OverlappingFileLockException e) {
            return false; // somebody in this process writes to it
        }
    }

    private boolean repair(LogName name, Path file, FileChannel channel) throws IOException {
        long before = channel.size();
        long whole = wholeBytes(channel);
        long missing = Math.max(whole < before ? 1 : 0, expectedLines(file) - lines(channel, whole));
        if (missing > 0) {
            lost += missing;
            channel.truncate(whole);
            log.warn(
                    "{} was left by a process that had not written all; {} bytes of a line without its end are cut off,"
                            + " and at least {} lines are lost.",
                    file,
                    before - whole,
                    missing);
        }
        Files.deleteIfExists(expected(file));
        if (whole == 0) {
            Files.deleteIfExists(file);
            return false;
        }
        return found.add(new Finished(name, whole, channel));
    }

    private static long expectedLines(Path file) throws IOException {
        Path expected = expected(file);
        byte[] said = Files.exists(expected) ? Files.readAllBytes(expected) : new byte[0];
        return said.length < Long.BYTES ? 0 : ByteBuffer.wrap(said).getLong();
    }

    private static long lines(FileChannel channel, long sizeBytes) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        long lines = 0;
        for (long at = 0; at < sizeBytes && channel.read(piece.clear(), at) > 0; at += piece.position()) {
            for (int i = 0; i < piece.position(); i++) {
                lines += piece.get(i) == '\n' ? 1 : 0;
            }
        }
        return lines;
    }

    /** Returns the size up to the end of the last whole line. */
    private static long wholeBytes(FileChannel channel) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        long end = channel.size();
        while (end > 0) {
            long start = Math.max(0, end - PIECE_BYTES);
            piece.clear().limit((int) (end - start));
            while (piece.hasRemaining() && channel.read(piece, start + piece.position()) >= 0) {}
            for (int i = piece.position() - 1; i >= 0; i--) {
                if (piece.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }
}
