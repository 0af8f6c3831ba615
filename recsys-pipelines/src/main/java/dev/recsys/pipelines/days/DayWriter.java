package dev.recsys.pipelines.days;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.events.PackedEvents;
import dev.recsys.pipelines.events.ReadReport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes days; the only one that does so in its folder, until it is closed. Not safe for concurrent use. */
public final class DayWriter implements Closeable {
    private final DayFolder folder;
    private final FileChannel lock;
    private final DayDisk disk = new DayDisk();

    private DayWriter(DayFolder folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static DayWriter lock(DayFolder folder, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new ConflictException("Another job writes the days of " + folder.scope() + ": it has locked " + file
                    + ". Wait until it has ended; a job that died leaves no lock behind.");
        }
        return new DayWriter(folder, channel);
    }

    /**
     * Writes days that were read from raw files.
     *
     * @param read the days that have events
     * @param asked days that are written even if nothing happened on them
     * @param replace whether a day may get fewer events than it has
     * @return what became of each day
     * @throws IllegalArgumentException if a day would get fewer events and must not; no day was written then
     */
    public List<DayChange> put(EventReader.Days read, Set<LocalDate> asked, boolean replace) throws IOException {
        SortedMap<LocalDate, PackedEvents> days = new TreeMap<>(read.days());
        asked.forEach(day -> days.putIfAbsent(day, PackedEvents.none()));
        List<DayChange> changes = new ArrayList<>();
        List<DayEvents> changed = new ArrayList<>();
        for (Map.Entry<LocalDate, PackedEvents> entry : days.entrySet()) {
            LocalDate day = entry.getKey();
            DayLines lines = day.equals(days.lastKey()) ? lines(read.report()) : DayLines.NONE;
            DayChange change = change(day, entry.getValue(), replace);
            changes.add(change);
            if (change.kind() != DayChange.Kind.UNCHANGED) {
                changed.add(new DayEvents(folder.scope(), day, entry.getValue(), lines));
            }
        }
        for (DayEvents day : changed) {
            disk.write(folder.file(day.day()), DayFile.bytes(day));
        }
        return changes;
    }

    /** Records how far a backfill has come; one that is behind what is recorded changes nothing. */
    public void advance(Checkpoint checkpoint) throws IOException {
        Optional<Checkpoint> recorded = folder.checkpoint();
        if (recorded.isPresent() && recorded.get().day().isAfter(checkpoint.day())) {
            return;
        }
        disk.write(folder.checkpointFile(), CheckpointFile.bytes(checkpoint));
    }

    /** Lets the next one write. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) { // of this process
            return false;
        }
    }

    private DayChange change(LocalDate day, PackedEvents changed, boolean replace) throws IOException {
        Optional<PackedEvents> kept = kept(day);
        if (kept.isEmpty()) {
            return new DayChange(day, changed.size(), DayChange.Kind.ADDED);
        }
        if (Arrays.equals(kept.get().toBytes(), changed.toBytes())) {
            return new DayChange(day, changed.size(), DayChange.Kind.UNCHANGED);
        }
        if (changed.size() < kept.get().size() && !replace) {
            throw new IllegalArgumentException(day + " of " + folder.scope() + " has "
                    + kept.get().size() + " events, and the files have " + changed.size()
                    + " of that day. If these are all, replace it with --replace; if the day is of other files, leave it"
                    + " out with --from and --to.");
        }
        return new DayChange(day, changed.size(), DayChange.Kind.REPLACED);
    }

    /** Returns what is kept of a day; nothing if it is damaged, for then it is to be written again. */
    private Optional<PackedEvents> kept(LocalDate day) throws IOException {
        if (!Files.exists(folder.file(day))) {
            return Optional.empty();
        }
        try {
            return Optional.of(folder.read(day).events());
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    private static DayLines lines(ReadReport report) {
        return new DayLines(report.malformed(), report.setAside(), report.otherScope());
    }
}
