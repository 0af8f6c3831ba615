package dev.recsys.pipelines.days;

import dev.recsys.Scope;
import dev.recsys.internal.FileNames;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.EventSpiller;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.events.EventsBuilder;
import dev.recsys.pipelines.events.PackedEvents;
import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.pipelines.events.SpilledEvents;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The days of one surface: one file a UTC day, each whole or not there. Any number may read; one writes at a time,
 * see {@link #write}.
 *
 * <p>A day is kept as its events and not as sums of them, so that a window of days is exactly what the raw files would
 * have given: sessions go on over midnight, an event id counts once in the window, and settings may change afterwards.
 */
public final class DayFolder {
    private static final String SUFFIX = ".day";
    private static final int LISTED = 5;

    private final Path path;
    private final Scope scope;

    private DayFolder(Path path, Scope scope) {
        this.path = path;
        this.scope = scope;
    }

    /**
     * Names a folder of days; nothing is read or made yet.
     *
     * @param root holds the days of any number of surfaces
     * @param scope whose days
     */
    public static DayFolder of(Path root, Scope scope) {
        return new DayFolder(
                root.resolve(FileNames.encode(scope.tenant())).resolve(FileNames.encode(scope.surface())), scope);
    }

    /** Returns whose days. */
    public Scope scope() {
        return scope;
    }

    /** Returns the days that are kept, damaged ones included. */
    public NavigableSet<LocalDate> days() throws IOException {
        NavigableSet<LocalDate> days = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (Path file : files) {
                day(file).ifPresent(days::add);
            }
        } catch (NoSuchFileException e) {
            return days;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return days;
    }

    /**
     * Reads one day, every byte of it.
     *
     * @throws dev.recsys.DamagedException if the file is damaged, or of another surface or day; the message names it
     * @throws dev.recsys.NewerFormatException if a newer version of recsys wrote it
     * @throws IOException if there is no such day, or it cannot be read
     */
    public DayEvents read(LocalDate day) throws IOException {
        return DayFile.read(file(day), scope, day);
    }

    /**
     * Reads the events of a window: the same as from the raw files, whatever days they were read in.
     *
     * @param window which days; those before the oldest one that is kept are taken as not having been
     * @param ignoredTypes the types of events that are no interactions
     * @throws IllegalArgumentException if a day of the window is not kept; the message names the days
     * @throws dev.recsys.DamagedException as {@link #read(LocalDate)}
     */
    public EventReader.Result read(DayWindow window, Set<String> ignoredTypes, ProgressListener listener)
            throws IOException {
        return read(new EventsBuilder(), window, ignoredTypes, listener);
    }

    /** Reads the events of a window as {@link #read(DayWindow, Set, ProgressListener)}, and puts them into files. */
    public EventReader.Spilled read(
            EventSpiller spiller, DayWindow window, Set<String> ignoredTypes, ProgressListener listener)
            throws IOException {
        WindowCounts counts = read(window, listener, packed -> spiller.add(packed, ignoredTypes));
        SpilledEvents events = spiller.finish();
        counts.progress.done();
        return new EventReader.Spilled(events, counts.report(events.size(), spiller.duplicates()));
    }

    /** Reads the events of a window as {@link #read(DayWindow, Set, ProgressListener)} into a builder. */
    public EventReader.Result read(
            EventsBuilder builder, DayWindow window, Set<String> ignoredTypes, ProgressListener listener)
            throws IOException {
        WindowCounts counts = read(window, listener, packed -> builder.add(packed, ignoredTypes));
        Events events = builder.build();
        counts.progress.done();
        return new EventReader.Result(events, counts.report(events.size(), builder.duplicates()));
    }

    /** Takes the events of a day, and returns how many it left out. */
    private interface Taker {
        long take(PackedEvents events) throws IOException;
    }

    private WindowCounts read(DayWindow window, ProgressListener listener, Taker taker) throws IOException {
        SortedSet<LocalDate> days = requireWhole(window);
        long totalBytes = 0;
        for (LocalDate day : days) {
            totalBytes += Files.size(file(day));
        }
        WindowCounts counts = new WindowCounts(new Progress(listener, Phase.READ, totalBytes));
        long bytes = 0;
        for (LocalDate day : days) {
            DayEvents read = read(day);
            counts.add(read, taker.take(read.events()));
            bytes += Files.size(file(day));
            counts.progress.at(bytes);
        }
        return counts;
    }

    /** Returns how far the backfill of these days has come. */
    public Optional<Checkpoint> checkpoint() throws IOException {
        return CheckpointFile.read(checkpointFile());
    }

    /**
     * Opens the folder for writing, and makes it if it is missing.
     *
     * @throws dev.recsys.ConflictException if another one has it open, in this process or in another on this machine
     */
    public DayWriter write() throws IOException {
        Files.createDirectories(path);
        return DayWriter.lock(this, path.resolve("lock"));
    }

    /** Sums up what is told of the lines of a window. */
    private static final class WindowCounts {
        private final Progress progress;
        private long lines;
        private long duplicates;
        private long ignored;
        private long malformed;
        private long setAside;
        private long otherScope;

        WindowCounts(Progress progress) {
            this.progress = progress;
        }

        void add(DayEvents day, long ignoredEvents) {
            lines += day.events().size()
                    + day.events().duplicates()
                    + day.lines().total();
            duplicates += day.events().duplicates();
            ignored += ignoredEvents;
            malformed += day.lines().malformed();
            setAside += day.lines().setAside();
            otherScope += day.lines().otherScope();
        }

        ReadReport report(long events, long duplicatesAcrossDays) {
            return new ReadReport(
                    lines,
                    events,
                    duplicates + duplicatesAcrossDays,
                    malformed,
                    setAside,
                    otherScope,
                    0,
                    ignored,
                    List.of(),
                    List.of());
        }
    }

    Path file(LocalDate day) {
        return path.resolve(day + SUFFIX);
    }

    Path checkpointFile() {
        return path.resolve(CheckpointFile.NAME);
    }

    private SortedSet<LocalDate> requireWhole(DayWindow window) throws IOException {
        NavigableSet<LocalDate> kept = days();
        SortedSet<LocalDate> inside = kept.subSet(window.from(), window.until().plusDays(1));
        if (inside.isEmpty()) {
            throw new IllegalArgumentException("no day from " + window.from() + " to " + window.until() + " of " + scope
                    + " is kept in " + path + "; write the days with: recsys day");
        }
        LocalDate first = kept.first().isAfter(window.from()) ? kept.first() : window.from();
        List<LocalDate> missing = first.datesUntil(window.until().plusDays(1))
                .filter(day -> !inside.contains(day))
                .toList();
        if (!missing.isEmpty()) {
            String days =
                    missing.stream().limit(LISTED).map(LocalDate::toString).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(missing.size() + " days of the window are not kept in " + path + ": "
                    + days + (missing.size() > LISTED ? " .." : "")
                    + ". Write them, also those on which nothing happened: recsys day --from DAY --to DAY --events ..");
        }
        return inside;
    }

    private static Optional<LocalDate> day(Path file) {
        String name = file.getFileName().toString();
        try {
            return Optional.of(LocalDate.parse(name.substring(0, name.length() - SUFFIX.length())));
        } catch (DateTimeParseException e) { // somebody else's file
            return Optional.empty();
        }
    }
}
