package dev.recsys.pipelines.events;

import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipException;

/**
 * Reads events from files, one line after the other. A line that is no event is counted and listed, and the reading
 * goes on; which lines these are, and what counts as a time, is told at {@link dev.recsys.pipelines.SignalBuild}.
 */
public final class EventReader {
    private final Source source;
    private final EventFilter filter;
    private final double maxBad;
    private final ProgressListener listener;
    private final Chunking chunking;

    /**
     * Where events come from.
     *
     * @param files at least one, each once
     * @param format how they are written; empty asks each file's name
     * @param columns where the fields are
     * @param separator what is between the fields of {@link EventFormat#CSV}; empty asks each file's name
     */
    public record Source(
            List<Path> files, Optional<EventFormat> format, EventColumns columns, Optional<String> separator) {
        /** Separators are told by the files' names. */
        public Source(List<Path> files, Optional<EventFormat> format, EventColumns columns) {
            this(files, format, columns, Optional.empty());
        }

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if no file is named, one is named twice, or the separator is empty
         */
        public Source {
            files = List.copyOf(files);
            if (separator.isPresent() && separator.get().isEmpty()) {
                throw new IllegalArgumentException("the separator is empty; expected such as a tab, ; or ::");
            }
            if (files.isEmpty()) {
                throw new IllegalArgumentException("no file of events is named");
            }
            Set<Path> distinct = new HashSet<>();
            for (Path file : files) {
                if (!distinct.add(file.toAbsolutePath().normalize())) {
                    throw new IllegalArgumentException(
                            file + " is named twice; its events without event_id would count twice");
                }
            }
        }
    }

    /**
     * What was read.
     *
     * @param events the events that count
     * @param report what became of every line
     */
    public record Result(Events events, ReadReport report) {}

    /**
     * What was read into files.
     *
     * @param events the events that count
     * @param report what became of every line
     */
    public record Spilled(SpilledEvents events, ReadReport report) {}

    /**
     * What was read, by the UTC day of the events.
     *
     * @param days the days that have an event
     * @param report what became of every line; of events with the same id one counts for each day and type
     */
    public record Days(SortedMap<LocalDate, PackedEvents> days, ReadReport report) {
        /** Copies the map. */
        public Days {
            days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
        }

        /** Returns some of the days, and the report of all. */
        public Days only(Set<LocalDate> wanted) {
            SortedMap<LocalDate, PackedEvents> some = new TreeMap<>(days);
            some.keySet().retainAll(wanted);
            return new Days(some, report);
        }
    }

    /**
     * Creates a reader of one thread.
     *
     * @param source where events come from
     * @param filter which are wanted
     * @param maxBad the largest share of malformed lines, from 0 to 1
     * @param listener hears of progress
     * @throws IllegalArgumentException if {@code maxBad} is out of its range
     */
    public EventReader(Source source, EventFilter filter, double maxBad, ProgressListener listener) {
        if (!(maxBad >= 0 && maxBad <= 1)) {
            throw new IllegalArgumentException("maxBad is " + maxBad + "; expected a share from 0 to 1");
        }
        this.source = source;
        this.filter = filter;
        this.maxBad = maxBad;
        this.listener = listener;
        this.chunking = Chunking.of(1, Runtime.getRuntime().maxMemory());
    }

    private EventReader(EventReader other, ProgressListener listener, Chunking chunking) {
        this.source = other.source;
        this.filter = other.filter;
        this.maxBad = other.maxBad;
        this.listener = listener;
        this.chunking = chunking;
    }

    /**
     * Returns a reader that parses on several threads beside the caller's; what is read is the same. {@link #readDays()} stays
     * on the caller's.
     *
     * @param threads at least 1, which is the caller's
     * @throws IllegalArgumentException if it is less
     */
    public EventReader threads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; expected at least 1");
        }
        return chunked(Chunking.of(threads, Runtime.getRuntime().maxMemory()));
    }

    EventReader chunked(Chunking changed) {
        return new EventReader(this, listener, changed);
    }

    /** Returns the same reader with another listener. */
    public EventReader withListener(ProgressListener other) {
        return new EventReader(this, other, chunking);
    }

    /**
     * Reads all files.
     *
     * @throws BadEventsException if a file is missing, a pipe, unreadable or cut off, or too many lines are malformed
     * @throws IllegalArgumentException if a file's header lacks a column, or a file's format cannot be told
     */
    public Result read() {
        return read(source, new EventsBuilder());
    }

    /** Reads all files into a builder, which is of no use after that; else as {@link #read()}. */
    public Result read(EventsBuilder builder) {
        return read(source, builder);
    }

    /**
     * Reads all files, and puts their events into others.
     *
     * @throws BadEventsException as {@link #read()}
     * @throws IllegalArgumentException as {@link #read()}
     * @throws IOException if they cannot be written
     */
    public Spilled read(EventSpiller spiller) throws IOException {
        try {
            ReadTask task = new ReadTask(source, filter);
            Progress progress = progress(task);
            long lines = read(task, new RecordReading(task, spiller::add), progress);
            SpilledEvents events = spiller.finish();
            progress.done();
            return new Spilled(events, task.report(lines, events.size(), spiller.duplicates()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Reads all files, and then those of a test that somebody else split off, in which a user has the number that it has in
     * the first ones.
     *
     * @return both, in this order
     * @throws BadEventsException as {@link #read()}
     * @throws IllegalArgumentException as {@link #read()}
     */
    public List<Result> readWith(Source test) {
        EventsBuilder trainBuilder = new EventsBuilder();
        EventsBuilder testBuilder = EventsBuilder.sharingUsersOf(trainBuilder);
        return List.of(read(source, trainBuilder), read(test, testBuilder));
    }

    /**
     * Reads all files, and packs the events of each day for keeping. Takes as much memory as {@link #read()}.
     *
     * @throws BadEventsException as {@link #read()}
     * @throws IllegalArgumentException as {@link #read()}
     */
    public Days readDays() {
        DaySplitter splitter = new DaySplitter();
        ReadTask task = new ReadTask(source, filter);
        Progress progress = progress(task);
        long lines = read(task, new RecordReading(task, splitter::add), progress);
        SortedMap<LocalDate, PackedEvents> days = splitter.build();
        progress.done();
        long events = days.values().stream().mapToLong(PackedEvents::size).sum();
        long duplicates =
                days.values().stream().mapToLong(PackedEvents::duplicates).sum();
        return new Days(days, task.report(lines, events, duplicates));
    }

    private Result read(Source from, EventsBuilder builder) {
        ReadTask task = new ReadTask(from, filter);
        Progress progress = progress(task);
        long lines;
        try (ChunkedReading reading = new ChunkedReading(task, builder, chunking)) {
            lines = read(task, reading, progress);
        }
        Events events = builder.build();
        progress.done();
        return new Result(events, task.report(lines, events.size(), builder.duplicates()));
    }

    private Progress progress(ReadTask task) {
        long totalBytes = 0;
        for (Path file : task.source().files()) {
            task.formatOf(file);
            totalBytes += sizeBytes(file);
        }
        return new Progress(listener, Phase.READ, totalBytes);
    }

    /** Returns the number of records. */
    private long read(ReadTask task, FileReading reading, Progress progress) {
        long lines = 0;
        long bytesBefore = 0;
        for (Path file : task.source().files()) {
            lines += read(reading, file, progress, bytesBefore);
            bytesBefore += sizeBytes(file);
        }
        task.quarantine().requireFewMalformed(lines, maxBad);
        return lines;
    }

    private static long read(FileReading reading, Path path, Progress progress, long bytesBefore) {
        try (EventFile file = EventFile.open(path)) {
            return reading.read(path, file, () -> progress.at(bytesBefore + file.bytesRead()));
        } catch (EOFException | ZipException e) {
            throw new BadEventsException(
                    path + " is gzip and cut off or damaged: " + e.getMessage() + ". Get it again, or leave it out.",
                    e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static long sizeBytes(Path file) {
        if (Files.isDirectory(file)) {
            throw new BadEventsException(file + " is a folder; name the files of events in it.", null);
        }
        if (Files.notExists(file)) {
            throw new BadEventsException("There is no file " + file + ".", null);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new BadEventsException(
                    file + " is a pipe or a device; expected a file, for a build that memory does not hold reads its"
                            + " events again. Write them to a file first, and name that.",
                    null);
        }
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static BadEventsException unreadable(Path file, IOException e) {
        return new BadEventsException(
                "Cannot read " + file + ": " + e.getMessage() + ". Get it again, or leave it out.", e);
    }
}
