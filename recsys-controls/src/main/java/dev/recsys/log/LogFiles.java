package dev.recsys.log;

import dev.recsys.log.Packing.Finished;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one log: the one that is written to, finished ones that are being packed, packed ones that are kept. After a
 * failure nothing of what failed counts, so that it can be written again. One thread at a time.
 */
final class LogFiles {
    private static final Logger log = LoggerFactory.getLogger(FileEventSink.class);

    private final Path folder;
    private final String kind;
    private final LogSettings settings;
    private final InstantSource clock;
    private final Disk disk;
    private final Deque<Finished> finished = new ArrayDeque<>();
    private final Tally tally;
    private final long lost;
    private @Nullable Open open;
    private @Nullable Packing packing; // of the first that is finished

    /** Takes over what processes left that have ended. */
    LogFiles(Path folder, String kind, LogSettings settings, InstantSource clock, Disk disk) throws IOException {
        this.folder = folder;
        this.kind = kind;
        this.settings = settings;
        this.clock = clock;
        this.disk = disk;
        Files.createDirectories(folder);
        this.tally = Tally.begin(
                folder, kind); // first: it keeps other logs of this process from opening what this one takes
        Leftovers leftovers = takeLeftovers();
        finished.addAll(leftovers.found());
        this.lost = leftovers.lost();
        retain();
    }

    private Leftovers takeLeftovers() throws IOException {
        try {
            return Leftovers.take(folder, kind, tally);
        } catch (IOException e) {
            tally.close();
            throw e;
        }
    }

    /** Returns where it is counted what was taken. */
    Tally tally() {
        return tally;
    }

    /** The file that is written to. */
    private static final class Open {
        private final LogName name;
        private final Disk.Output output;
        private long sizeBytes;

        private Open(LogName name, Disk.Output output) {
            this.name = name;
            this.output = output;
        }

        private Finished finished() {
            return new Finished(name, sizeBytes, output);
        }
    }

    /** Returns how many lines earlier processes had taken and not written. */
    long lost() {
        return lost;
    }

    /**
     * Adds lines with one write; all of them count or, after an exception, none.
     *
     * @param lines the bytes
     * @param count how many lines these are
     */
    void append(byte[] lines, int count) throws IOException {
        rotateIfDue();
        Open current = open;
        if (current == null) {
            current = create();
            open = current;
            tally.begin(current.name);
        }
        try {
            current.output.append(lines);
            if (settings.sync()) {
                current.output.sync();
            }
        } catch (IOException | RuntimeException e) {
            undo(current);
            throw e;
        }
        current.sizeBytes += lines.length;
        tally.wrote(count);
    }

    private Open create() throws IOException {
        Instant start = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LogName name = new LogName(kind, start, ProcessHandle.current().pid(), 0);
        while (true) {
            boolean isUsed = Files.exists(name.in(folder, LogName.PACKED));
            try {
                if (!isUsed) {
                    return new Open(name, disk.create(name.in(folder, LogName.PLAIN)));
                }
            } catch (FileAlreadyExistsException e) {
                log.debug("{} is there already", e.getMessage());
            }
            name = name.next();
        }
    }

    private void undo(Open current) {
        try {
            current.output.cutTo(current.sizeBytes);
        } catch (IOException | RuntimeException e) {
            log.warn("{} cannot be cut and is left; the next file is begun: {}", current.name, e.toString());
            finish(current);
        }
    }

    /** Ends the file if it is large or old enough. */
    void rotateIfDue() {
        Open current = open;
        if (current == null || current.sizeBytes == 0) {
            return;
        }
        boolean isOld = !clock.instant().isBefore(current.name.start().plus(settings.rotateAfter()));
        if (isOld || current.sizeBytes >= settings.rotateBytes()) {
            finish(current);
        }
    }

    /** Ends the file, if there is one. */
    void finish() {
        Open current = open;
        if (current != null) {
            finish(current);
        }
    }

    private void finish(Open current) {
        try {
            current.output.sync();
        } catch (IOException | RuntimeException e) {
            log.warn("The end of {} is left to the operating system: {}", current.name, e.toString());
        }
        finished.add(current.finished());
        open = null;
    }

    boolean isPacking() {
        return !finished.isEmpty();
    }

    /** Packs a piece of the oldest finished file; what fails stays plain until the next start. */
    void pack() {
        if (finished.isEmpty()) {
            return;
        }
        Finished first = finished.element();
        try {
            Packing current = packing;
            if (current == null) {
                current = Packing.start(folder, first);
                packing = current;
            }
            if (!current.step()) {
                return;
            }
        } catch (IOException | RuntimeException e) {
            log.warn("{} is not packed, the next start tries again: {}", first.name(), e.toString());
            giveUpPacking();
        }
        packing = null;
        closeQuietly(finished.remove().lock());
        retain();
    }

    private void giveUpPacking() {
        Packing current = packing;
        try {
            if (current != null) {
                current.abandon();
            }
        } catch (IOException e) {
            log.debug("what was packed is left for the next start: {}", e.toString());
        }
    }

    private static void closeQuietly(Closeable lock) {
        try {
            lock.close();
        } catch (IOException e) {
            log.debug("a file was not closed: {}", e.toString());
        }
    }

    /** Deletes the oldest packed files beyond what is kept. */
    void retain() {
        try {
            Instant since = clock.instant().minus(settings.keepFor());
            List<LogName> names = new ArrayList<>(Leftovers.names(folder, kind, LogName.PACKED));
            long bytes = 0;
            for (int i = names.size() - 1; i >= 0; i--) {
                Path file = names.get(i).in(folder, LogName.PACKED);
                bytes += Files.exists(file) ? Files.size(file) : 0;
                boolean isKept = names.size() - i <= settings.keepFiles()
                        && bytes <= settings.keepBytes()
                        && !names.get(i).start().isBefore(since);
                if (!isKept) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            log.warn("old files of {} are not deleted for now: {}", folder, e.toString());
        }
    }

    /** Lets go of all files; what is not packed stays plain. */
    void release() {
        giveUpPacking();
        packing = null;
        finished.forEach(left -> closeQuietly(left.lock()));
        finished.clear();
        Open current = open;
        if (current != null) {
            closeQuietly(current.output);
            open = null;
        }
        closeQuietly(tally);
    }
}
