package dev.recsys.log;

import dev.recsys.RecommendationRequest;
import dev.recsys.control.Outcome;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.controls.OutcomeDocument;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.ZipException;

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
     * @param failed files that stay as they were, for they cannot be read or replaced; the others are done
     * @param unknownKeys the ids of keys under which lines of the tenant are, and none of the names; whose these lines are was
     *     not to be told
     */
    public record Erased(
            long lines,
            int files,
            long unreadable,
            List<Path> inUse,
            List<Failed> failed,
            SortedSet<String> unknownKeys) {
        /** Copies the collections. */
        public Erased {
            inUse = List.copyOf(inUse);
            failed = List.copyOf(failed);
            unknownKeys = Collections.unmodifiableSortedSet(new TreeSet<>(unknownKeys));
        }

        /** Whether no line of the person can be left in the files, as far as lines can be read. */
        public boolean isComplete() {
            return inUse.isEmpty() && failed.isEmpty() && unknownKeys.isEmpty();
        }
    }

    /**
     * A file that stays as it was.
     *
     * @param file which
     * @param isDamaged whether it is no whole gzip file: repair it or delete it; otherwise mend the reason and erase again
     * @param reason what went wrong
     */
    public record Failed(Path file, boolean isDamaged, String reason) {
        private static Failed of(Path file, IOException e) {
            boolean isDamaged = e instanceof EOFException || e instanceof ZipException;
            return new Failed(file, isDamaged, e.toString());
        }
    }

    /**
     * Removes the lines of a person of a tenant. What ended processes left is packed before.
     *
     * @param names the id where users are written as they are, and the names under all keys, see {@link PseudonymKeys#all}
     * @throws IllegalStateException if another eraser works on the folder; nothing was changed
     * @throws IOException if the folder cannot be read or written to; what was removed until then is, call it again
     */
    public Erased erase(String tenant, Set<String> names) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is no folder; name that of a log");
        }
        Path file = folder.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            requireLock(channel);
            Sum sum = new Sum();
            Person person = new Person(tenant, names);
            for (Map.Entry<String, Predicate<String>> kind : kinds(person).entrySet()) {
                deleteUnfinished(kind.getKey());
                sum.unpacked.addAll(packLeftovers(kind.getKey()));
                erase(kind.getKey(), kind.getValue(), sum);
            }
            return new Erased(sum.lines, sum.files, sum.unreadable, sum.inUse, sum.failed, person.unknownKeys());
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
        private final List<Failed> failed = new ArrayList<>();
        private final List<LogName> unpacked = new ArrayList<>();
        private long lines;
        private int files;
        private long unreadable;
    }

    /** Returns whose line one is, by kind of file. */
    private static Map<String, Predicate<String>> kinds(Person person) {
        Map<String, Predicate<String>> kinds = new LinkedHashMap<>();
        kinds.put(FileEventSink.KIND, line -> {
            RecommendationRequest request = ExposureDocument.read(line).request();
            return request.user()
                    .filter(user -> person.is(request.scope(), user))
                    .isPresent();
        });
        kinds.put(OutcomeRecorder.KIND, line -> {
            Outcome outcome = OutcomeDocument.read(line);
            return person.is(outcome.scope(), outcome.user());
        });
        return kinds;
    }

    private void deleteUnfinished(String kind) throws IOException {
        String ending = LogName.PACKED + LineFilter.UNFINISHED;
        for (LogName name : Leftovers.names(folder, kind, ending)) {
            Files.deleteIfExists(name.in(folder, ending));
        }
    }

    /** Returns those that cannot be packed. */
    private List<LogName> packLeftovers(String kind) throws IOException {
        LogFiles files = new LogFiles(folder, kind, LogSettings.DEFAULT, InstantSource.system(), new LocalDisk());
        try {
            while (files.isPacking()) {
                files.pack();
            }
            return files.unpacked();
        } finally {
            files.release();
        }
    }

    private void erase(String kind, Predicate<String> isOfPerson, Sum sum) throws IOException {
        for (LogName name : Leftovers.names(folder, kind, LogName.PLAIN)) { // first: it may be packed meanwhile
            Path plain = name.in(folder, LogName.PLAIN);
            if (sum.unpacked.contains(name)) {
                sum.failed.add(
                        new Failed(plain, false, "it cannot be packed; is there room, and may this process write?"));
            } else {
                sum.inUse.add(plain);
            }
        }
        for (LogName name : Leftovers.names(folder, kind, LogName.PACKED)) {
            erase(name, new LineFilter(isOfPerson), sum);
        }
    }

    private void erase(LogName name, LineFilter filter, Sum sum) {
        Path packed = name.in(folder, LogName.PACKED);
        try {
            filter.rewrite(packed, name.in(folder, LogName.PACKED + LineFilter.UNFINISHED));
        } catch (IOException e) {
            sum.failed.add(Failed.of(packed, e));
            return;
        }
        sum.unreadable += filter.unreadable();
        sum.lines += filter.removed();
        sum.files += filter.removed() > 0 ? 1 : 0;
    }
}
