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
        if (!isAlone(folder, tallies, mine)) {
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

    private static boolean isAlone(Path folder, List<LogName> tallies, Tally mine) {
        boolean isShared = tallies.stream().anyMatch(name -> Tally.isOfThisProcess(name) && !mine.isIn(folder, name));
        return mine.isKept() && !isShared;
    }

    /**
     * Returns the plain files that no process has, without those that this one may have itself: to look at these would end
     * their locks.
     */
    static List<LogName> ended(Path folder, String kind, Tally mine, List<LogName> held) throws IOException {
        List<LogName> ended = new ArrayList<>();
        if (!isAlone(folder, names(folder, kind, Tally.ENDING), mine)) {
            return ended;
        }
        for (LogName name : names(folder, kind, LogName.PLAIN)) {
            boolean mayBeMine = name.pid() == ProcessHandle.current().pid() || held.contains(name);
            if (!mayBeMine && isFree(name.in(folder, LogName.PLAIN))) {
                ended.add(name);
            }
        }
        return ended;
    }

    private static boolean isFree(Path file) {
        try {
            Optional<FileChannel> lock = lock(file);
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isPresent();
        } catch (IOException e) {
            log.debug("{} is taken for one that is in use: {}", file, e.toString());
            return false;
        }
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

    private void count(Tally.Left left) {
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

    /** Returns how many whole lines a file has, packed or not; empty if it is not there any more, or damaged. */
    private OptionalLong lines(LogName name) {
        for (String ending : List.of(LogName.PLAIN, LogName.PACKED)) { // in this order is it packed
            try (InputStream raw = Files.newInputStream(name.in(folder, ending));
                    InputStream in = ending.equals(LogName.PACKED) ? new GZIPInputStream(raw) : raw) {
                return OptionalLong.of(lines(in));
            } catch (NoSuchFileException e) {
                log.debug("{} is not there", e.getMessage());
            } catch (IOException e) {
                log.warn("{} is damaged, and its lines are not counted: {}", name.in(folder, ending), e.toString());
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
        Optional<FileChannel> free = Optional.empty();
        try {
            free = lock(file);
        } catch (IOException e) {
            log.warn("{} is left as it is: {}", file, e.toString());
        }
        if (free.isEmpty()) {
            return;
        }
        boolean taken = false;
        try {
            taken = repair(name, file, free.get());
        } finally {
            if (!taken) {
                free.get().close();
            }
        }
    }

    /** Opens a file and locks it; empty if somebody else has it. */
    static Optional<FileChannel> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean isLocked = false;
        try {
            isLocked = isFree(channel, file);
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
        return isLocked ? Optional.of(channel) : Optional.empty();
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
