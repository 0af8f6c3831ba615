package dev.recsys.log;

import dev.recsys.log.Packing.Finished;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
    private final Packer packer;
    private final Retention retention;
    private final Tally tally;
    private final long lost;
    private @Nullable Open open;

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
        this.packer = new Packer(folder, clock);
        leftovers.found().forEach(packer::add);
        this.retention = new Retention(folder, kind, settings, packer, tally);
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
        } catch (IOException | RuntimeException | Error e) {
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

    /** Ends the file if it is large or old enough, or of the future. */
    void rotateIfDue() {
        Open current = open;
        if (current == null || current.sizeBytes == 0) {
            return;
        }
        Instant now = clock.instant();
        boolean isOld = !now.isBefore(current.name.start().plus(settings.rotateAfter()));
        boolean isAhead = now.isBefore(current.name.start()); // the clock was set back: it would not get old
        if (isOld || isAhead || current.sizeBytes >= settings.rotateBytes()) {
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
        packer.add(current.finished());
        open = null;
    }

    boolean isPacking() {
        return packer.isDue();
    }

    /** Returns the finished files that are not packed. */
    List<LogName> unpacked() {
        return packer.names();
    }

    /** Packs a piece of a finished file; what fails stays plain and is tried again. */
    void pack() {
        if (packer.isDue() && packer.step()) {
            retain();
        }
    }

    /** Deletes the oldest files beyond what is kept. */
    private void retain() {
        try {
            retention.apply(clock.instant());
        } catch (IOException | RuntimeException e) {
            log.warn("old files of {} are not deleted for now: {}", folder, e.toString());
        }
    }

    /** Lets go of all files; what is not packed stays plain. */
    void release() {
        packer.release();
        Open current = open;
        if (current != null) {
            Packer.closeQuietly(current.output);
            open = null;
        }
        Packer.closeQuietly(tally);
    }
}
