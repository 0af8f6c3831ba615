package dev.recsys.log;

import dev.recsys.Scope;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.controls.OutcomeDocument;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Removes the lines of a person from the files of a folder. Each file is replaced by one without them, as a whole or not at
 * all; after an interruption, erase again. Files that somebody writes to are left, and named.
 */
public final class LogEraser {
    private static final String LOCK = "erasing.lock";

    private final Path folder;

    private LogEraser(Path folder) {
        this.folder = folder;
    }

    /** Works on a folder of {@link FileEventSink} and {@link OutcomeRecorder}. */
    public static LogEraser of(Path folder) {
        return new LogEraser(folder);
    }

    /**
     * What was removed.
     *
     * @param lines how many
     * @param files how many files had some
     * @param unreadable lines that cannot be read and stay, for nobody can tell whose they are
     * @param inUse files that somebody writes to; what they hold stays. They end by size and age: erase again then
     */
    public record Erased(long lines, int files, long unreadable, List<Path> inUse) {
        /** Copies the list. */
        public Erased {
            inUse = List.copyOf(inUse);
        }
    }

    /**
     * Removes the lines of a person of a tenant. What ended processes left is packed before.
     *
     * @param names the id where users are written as they are, and the names under all keys, see {@link PseudonymKeys#all}
     * @throws IllegalStateException if another eraser works on the folder; nothing was changed
     * @throws IOException if a file cannot be read or replaced; those before it are done, call it again
     */
    public Erased erase(String tenant, Set<String> names) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is no folder; name that of a log");
        }
        Path file = folder.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            requireLock(channel);
            Sum sum = new Sum();
            for (Map.Entry<String, Predicate<String>> kind :
                    kinds(tenant, names).entrySet()) {
                packLeftovers(kind.getKey());
                erase(kind.getKey(), kind.getValue(), sum);
            }
            return new Erased(sum.lines, sum.files, sum.unreadable, sum.inUse);
        }
    }

    /** Gets the lock, which ends with the channel. */
    private void requireLock(FileChannel channel) throws IOException {
        boolean isFree;
        try {
            isFree = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            isFree = false; // somebody in this process
        }
        if (!isFree) {
            throw new IllegalStateException(
                    "Somebody else erases in " + folder + " at the moment. Nothing was changed; try again later.");
        }
    }

    private static final class Sum {
        private final List<Path> inUse = new ArrayList<>();
        private long lines;
        private int files;
        private long unreadable;
    }

    /** Returns whose line one is, by kind of file. */
    private static Map<String, Predicate<String>> kinds(String tenant, Set<String> names) {
        Map<String, Predicate<String>> kinds = new LinkedHashMap<>();
        kinds.put(FileEventSink.KIND, line -> {
            Exposure shown = ExposureDocument.read(line);
            return isOf(shown.request().scope(), tenant)
                    && shown.request().user().filter(names::contains).isPresent();
        });
        kinds.put(OutcomeRecorder.KIND, line -> {
            Outcome outcome = OutcomeDocument.read(line);
            return isOf(outcome.scope(), tenant) && names.contains(outcome.user());
        });
        return kinds;
    }

    private static boolean isOf(Scope scope, String tenant) {
        return scope.tenant().equals(tenant);
    }

    private void packLeftovers(String kind) throws IOException {
        LogFiles files = new LogFiles(folder, kind, LogSettings.DEFAULT, InstantSource.system(), new LocalDisk());
        try {
            while (files.isPacking()) {
                files.pack();
            }
        } finally {
            files.release();
        }
    }

    private void erase(String kind, Predicate<String> isOfPerson, Sum sum) throws IOException {
        for (LogName name : Leftovers.names(folder, kind, LogName.PLAIN)) { // first: it may be packed meanwhile
            sum.inUse.add(name.in(folder, LogName.PLAIN));
        }
        for (LogName name : Leftovers.names(folder, kind, LogName.PACKED)) {
            LineFilter filter = new LineFilter(isOfPerson);
            filter.rewrite(name.in(folder, LogName.PACKED), name.in(folder, LogName.PACKED + LineFilter.UNFINISHED));
            sum.unreadable += filter.unreadable();
            sum.lines += filter.removed();
            sum.files += filter.removed() > 0 ? 1 : 0;
        }
    }
}
