package dev.recsys.serve;

import dev.recsys.artifact.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Remembers over the death of a process what it was loading: a small file for each attempt, which is deleted when the
 * attempt is over, whatever came of it. A file whose process is gone is a death of that revision. One that
 * {@link #MOST_DEATHS} processes died of is left alone for a while, and then tried again: perhaps it was not its fault.
 *
 * <p>An attempt that is only fetching is marked too, under another ending: whoever tidies up knows that somebody is at
 * work. Safe for concurrent use.
 */
final class LoadMarkers {
    static final int MOST_DEATHS = 3;

    private static final String FETCHING = ".fetching";
    private static final String LOADING = ".loading";
    private static final Pattern NAME =
            Pattern.compile("(\\d{1,18})-(\\d{1,18})\\.(\\d{1,18}-\\d{1,18})\\.[^.]+(\\.fetching|\\.loading)");

    private final Path folder;
    private final LocalDisk disk;
    private final LongSupplier nanoTime;
    private final Duration coolDown;
    private final Map<Id, Long> deadlySinceNanos = new ConcurrentHashMap<>();

    LoadMarkers(Path folder, LocalDisk disk, LongSupplier nanoTime, Duration coolDown) {
        this.folder = folder;
        this.disk = disk;
        this.nanoTime = nanoTime;
        this.coolDown = coolDown;
    }

    /** A revision. */
    private record Id(long epoch, long seq) {
        static Id of(Revision revision) {
            return new Id(revision.epoch(), revision.seq());
        }

        boolean isAtMost(Id other) {
            return epoch != other.epoch ? epoch < other.epoch : seq <= other.seq;
        }
    }

    private record Found(Path file, Id id, ProcessMark process, boolean loading) {}

    /** An attempt of this process. Where no file can be written it is not marked, and loads all the same. */
    final class Attempt implements AutoCloseable {
        private final Id id;
        private @Nullable Path file;

        private Attempt(Id id) {
            this.id = id;
        }

        void loading() throws IOException {
            if (file != null) {
                Path loading = named(LOADING);
                Files.move(file, loading, StandardCopyOption.ATOMIC_MOVE);
                file = loading;
            }
        }

        private Path named(String ending) {
            return folder.resolve(
                    id.epoch() + "-" + id.seq() + "." + disk.process() + "." + UUID.randomUUID() + ending);
        }

        @Override
        public void close() {
            if (file != null) {
                disk.delete(file);
            }
        }
    }

    /** Marks the beginning of an attempt. */
    Attempt begin(Revision revision) throws IOException {
        Attempt attempt = unmarked(revision);
        disk.ensure(folder);
        attempt.file = Files.createFile(attempt.named(FETCHING));
        return attempt;
    }

    Attempt unmarked(Revision revision) {
        return new Attempt(Id.of(revision));
    }

    /** Returns how long to leave a revision alone, if processes died of it. */
    Optional<Duration> coolDownOf(Revision revision) throws IOException {
        Id id = Id.of(revision);
        List<Found> deaths =
                deaths().stream().filter(found -> found.id().equals(id)).toList();
        if (deaths.size() < MOST_DEATHS) {
            return Optional.empty();
        }
        deaths.stream().skip(MOST_DEATHS).forEach(more -> disk.delete(more.file())); // so that they do not pile up
        long now = nanoTime.getAsLong();
        long since = deadlySinceNanos.computeIfAbsent(id, first -> now);
        Duration left = coolDown.minusNanos(now - since);
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    /** Forgets the deaths of a revision that was loaded after all, and of those before it. */
    void succeeded(Revision revision) throws IOException {
        Id id = Id.of(revision);
        deaths().stream().filter(found -> found.id().isAtMost(id)).forEach(found -> disk.delete(found.file()));
        deadlySinceNanos.keySet().removeIf(deadly -> deadly.isAtMost(id));
    }

    /** Returns whether anybody, of this process or another, is at an attempt. */
    boolean isAnyUnderWay() throws IOException {
        return found().stream().anyMatch(found -> found.process().isAlive());
    }

    private List<Found> deaths() throws IOException {
        List<Found> deaths = new ArrayList<>();
        for (Found found : found()) {
            if (found.process().isAlive()) {
                continue;
            }
            if (found.loading()) {
                deaths.add(found);
            } else {
                disk.delete(found.file());
            }
        }
        return deaths;
    }

    private List<Found> found() throws IOException {
        List<Found> markers = new ArrayList<>();
        for (Path file : LocalDisk.list(folder, "", "ing")) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                Id id = new Id(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
                ProcessMark process = ProcessMark.parse(name.group(3)).orElseThrow();
                markers.add(new Found(file, id, process, name.group(4).equals(LOADING)));
            }
        }
        return markers;
    }
}
