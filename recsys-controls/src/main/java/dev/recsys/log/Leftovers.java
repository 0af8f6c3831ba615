package dev.recsys.log;

import dev.recsys.log.Packing.Finished;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that processes left when they ended: whole lines stay, what a line has no end of is cut off and counted. */
final class Leftovers {
    private static final Logger log = LoggerFactory.getLogger(FileEventSink.class);
    private static final int PIECE_BYTES = 8 << 10;

    private final Path folder;
    private final List<Finished> found = new ArrayList<>();
    private final Set<LogName> counted = new HashSet<>(); // of which a tally says what is lost
    private long lost;

    private Leftovers(Path folder) {
        this.folder = folder;
    }

    /**
     * Takes those that no process has any more, oldest first. A process has what any of its logs has: of these no file may be
     * opened, for closing it would end its lock; so while this process has another log here, that one's start took all.
     */
    static Leftovers take(Path folder, String kind, Tally mine) throws IOException {
        Leftovers leftovers = new Leftovers(folder);
        List<LogName> plain = names(folder, kind, LogName.PLAIN); // before the tallies: a log has its tally first
        List<LogName> tallies = names(folder, kind, Tally.ENDING);
        boolean isShared = tallies.stream().anyMatch(name -> Tally.isOfThisProcess(name) && !mine.isIn(folder, name));
        if (isShared || !mine.isKept()) {
            return leftovers;
        }
        for (LogName name : tallies) {
            if (!mine.isIn(folder, name)) {
                Optional<Tally.Left> left = Tally.inherit(folder, name);
                if (left.isPresent()) {
                    leftovers.count(left.get());
                }
            }
        }
        for (LogName name : plain) {
            leftovers.take(name);
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

    List<Finished> found() {
        return List.copyOf(found);
    }

    /** Returns how many lines are known to be lost. */
    long lost() {
        return lost;
    }

    private void count(Tally.Left left) throws IOException {
        long lines = left.lines();
        if (left.file().isPresent()) {
            counted.add(left.file().get());
            lines = lines(left.file().get()).orElse(lines);
        }
        long missing = left.lost(lines);
        if (missing > 0) {
            lost += missing;
            log.warn("A process that was killed had taken {} records for {} that it had not written.", missing, folder);
        }
    }

    /** Returns how many whole lines a file has, packed or not; empty if it is not there any more. */
    private OptionalLong lines(LogName name) throws IOException {
        for (String ending : List.of(LogName.PLAIN, LogName.PACKED)) { // in this order is it packed
            try (InputStream raw = Files.newInputStream(name.in(folder, ending));
                    InputStream in = ending.equals(LogName.PACKED) ? new GZIPInputStream(raw) : raw) {
                return OptionalLong.of(lines(in));
            } catch (NoSuchFileException e) {
                log.debug("{} is not there", e.getMessage());
            }
        }
        return OptionalLong.empty();
    }

    private static long lines(InputStream in) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        long lines = 0;
        for (int read = in.read(piece); read > 0; read = in.read(piece)) {
            for (int i = 0; i < read; i++) {
                lines += piece[i] == '\n' ? 1 : 0;
            }
        }
        return lines;
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
        if (whole < before) {
            lost += counted.contains(name) ? 0 : 1;
            channel.truncate(whole);
            log.warn(
                    "{} was left by a process that was killed; {} bytes of a line without its end are cut off.",
                    file,
                    before - whole);
        }
        if (whole == 0) {
            Files.deleteIfExists(file);
            return false;
        }
        return found.add(new Finished(name, whole, channel));
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
