package dev.recsys.log;

import dev.recsys.log.Packing.Finished;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs finished files, the oldest first and each a piece at a time. One that fails stays plain and waits behind the others;
 * once all have failed they are tried again after a pause. One thread at a time.
 */
final class Packer {
    private static final Logger log = LoggerFactory.getLogger(FileEventSink.class);

    private final Path folder;
    private final Deque<Finished> finished = new ArrayDeque<>();
    private final BackOff backOff;
    private int failuresInARow;
    private @Nullable Packing packing; // of the first that is finished

    Packer(Path folder, InstantSource clock) {
        this.folder = folder;
        this.backOff = new BackOff(clock);
    }

    void add(Finished file) {
        finished.add(file);
    }

    /** Returns those that are not packed. */
    List<LogName> names() {
        return finished.stream().map(Finished::name).toList();
    }

    /** Whether there is something to pack now. */
    boolean isDue() {
        return !finished.isEmpty() && backOff.isOver();
    }

    /** Packs a piece; returns whether that was the end of a file, packed or not. */
    boolean step() {
        Finished first = finished.element();
        try {
            Packing current = packing;
            if (current == null) {
                current = Packing.start(folder, first);
                packing = current;
            }
            if (!current.step()) {
                return false;
            }
        } catch (IOException | RuntimeException | Error e) {
            giveUp();
            failed(first, e);
            return true;
        }
        packing = null;
        closeQuietly(finished.remove().lock());
        failuresInARow = 0;
        backOff.succeeded();
        return true;
    }

    private void failed(Finished file, Throwable e) {
        finished.remove();
        if (backOff.isAtRest()) {
            log.warn("{} is not packed for now, and is tried again: {}", file.name(), e.toString());
        }
        lockAgain(file).ifPresent(finished::add);
        if (++failuresInARow >= finished.size()) {
            failuresInARow = 0;
            backOff.failed();
        }
    }

    /** To read a file and close it may have ended its lock; empty if somebody else has it now, or has deleted it. */
    private Optional<Finished> lockAgain(Finished file) {
        closeQuietly(file.lock());
        try {
            return Leftovers.lock(file.name().in(folder, LogName.PLAIN))
                    .map(lock -> new Finished(file.name(), file.sizeBytes(), lock));
        } catch (IOException e) {
            log.warn("{} is left as it is: {}", file.name(), e.toString());
            return Optional.empty();
        }
    }

    /** Deletes one that is not packed. */
    void delete(LogName name) throws IOException {
        if (finished.element().name().equals(name)) {
            giveUp();
        }
        Files.deleteIfExists(name.in(folder, LogName.PLAIN));
        finished.stream().filter(file -> file.name().equals(name)).forEach(file -> closeQuietly(file.lock()));
        finished.removeIf(file -> file.name().equals(name));
    }

    /** Lets go of all; what is not packed stays plain. */
    void release() {
        giveUp();
        finished.forEach(left -> closeQuietly(left.lock()));
        finished.clear();
    }

    private void giveUp() {
        Packing current = packing;
        packing = null;
        try {
            if (current != null) {
                current.abandon();
            }
        } catch (IOException e) {
            log.warn("an unfinished file is left in {}: {}", folder, e.toString());
        }
    }

    static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            log.warn("a file of a log cannot be closed: {}", e.toString());
        }
    }
}
