package dev.recsys.serve;

import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.serve.LoadMarkers.Attempt;
import dev.recsys.store.Sha256;
import dev.recsys.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps copies of what a surface served on the local disk: the newest pointer of each of the last two builds, and the
 * artifacts that these name. Beyond that there is at most what is being loaded, and what processes that died were
 * loading, until the next release is kept. Processes of one machine may share the folder.
 *
 * <p>A disk that is full, broken or read-only keeps nothing from being served: artifacts come by way of the folder for
 * temporary files then, and {@link #problem} says why. What could not be kept is tried again, ever more rarely. Safe for
 * concurrent use.
 */
final class LocalCopies {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRecommender.class);
    private static final int GENERATIONS = 2;

    private final CopyFolder folder;
    private final LocalDisk disk;
    private final LoadMarkers markers;
    private final ArtifactLoader store;
    private final DiskRetry retry;
    private volatile Optional<String> problem = Optional.empty();
    private volatile Optional<StoredPointer> leftover = Optional.empty(); // what serves and could not be kept

    LocalCopies(CopyFolder folder, LocalDisk disk, LoadMarkers markers, ArtifactLoader store, DiskRetry retry) {
        this.folder = folder;
        this.disk = disk;
        this.markers = markers;
        this.store = store;
        this.retry = retry;
    }

    CopyFolder folder() {
        return folder;
    }

    /** Returns why nothing can be kept, if so. */
    Optional<String> problem() {
        return problem;
    }

    /** Returns how long to leave a revision alone because processes died while they loaded it. */
    Optional<Duration> coolDownOf(Revision revision) {
        try {
            return markers.coolDownOf(revision);
        } catch (IOException e) {
            failed(e);
            return Optional.empty();
        }
    }

    /** Marks that a revision is being loaded, until the attempt is closed. */
    Attempt begin(Revision revision) {
        try {
            return markers.begin(revision);
        } catch (IOException e) {
            failed(e);
            return markers.unmarked(revision);
        }
    }

    /** Brings tables of a revision into memory, by way of their copies, which are fetched where they are missing. */
    Map<ArtifactType, Table> load(Revision revision, Collection<ArtifactType> types, Attempt attempt) {
        Manifest manifest = revision.manifest();
        Map<ArtifactType, Table> tables = new TreeMap<>();
        Map<ArtifactType, Path> files = new TreeMap<>();
        for (ArtifactType type : types) {
            ArtifactRef ref = ArtifactLoader.readable(revision.scope(), manifest, type);
            if (fetch(ref)) {
                files.put(type, folder.fileOf(ref));
            } else {
                tables.put(type, store.load(revision.scope(), manifest, type));
            }
        }
        loading(attempt);
        files.forEach((type, file) -> tables.put(type, open(revision, type, file)));
        return tables;
    }

    /** From here on tables are read: what kills the process is taken to be the revision. */
    void loading(Attempt attempt) {
        try {
            attempt.loading();
        } catch (IOException e) {
            failed(e);
        }
    }

    private Table open(Revision revision, ArtifactType type, Path file) {
        try {
            return folder.open(file, revision, type);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the local copy " + file + "; it will be fetched again", e);
        }
    }

    /** Makes sure that there is a copy with the right digest; returns false if the disk does not take it. */
    private boolean fetch(ArtifactRef ref) {
        try {
            if (folder.holdsExactly(ref)) {
                return true;
            }
            if (!retry.isTime()) {
                return false;
            }
            write(ref);
            return true;
        } catch (IOException | UncheckedIOException e) {
            retry.failed();
            failed(e);
            return false;
        }
    }

    /** What does not fit is not fetched: it would have to be fetched again, by way of the folder for temporary files. */
    private void write(ArtifactRef ref) throws IOException {
        disk.requireRoom(folder.path(), ref.sizeBytes());
        disk.write(folder.fileOf(ref), out -> store.copyTo(ref, out));
    }

    /** Keeps what serves now, or remembers to do so when the disk may do better. */
    void keep(StoredPointer served) {
        leftover = Optional.of(served);
        if (!retry.isTime()) {
            return;
        }
        try {
            for (ArtifactRef ref :
                    served.pointer().manifest().value().artifacts().values()) {
                if (!folder.holdsExactly(ref)) { // it was loaded in another way, or changed since
                    write(ref);
                }
            }
            disk.write(folder.fileOf(served.pointer()), out -> out.write(served.bytes()));
            retry.succeeded();
            problem = Optional.empty();
            leftover = Optional.empty();
        } catch (IOException | RuntimeException e) { // it serves all the same
            retry.failed();
            failed(e);
        }
    }

    /** Returns what serves and is not kept, if it is time to try again. */
    Optional<StoredPointer> leftover() {
        return retry.isTime() ? leftover : Optional.empty();
    }

    /** A revision was loaded: nobody dies of it. */
    void succeeded(Revision served) {
        try {
            markers.succeeded(served);
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Deletes what is not needed any more, once a revision is loaded and kept. */
    void tidy() {
        try {
            disk.sweep(folder.path());
            deleteOldGenerations();
        } catch (IOException e) {
            failed(e);
        }
    }

    /**
     * The order matters: an artifact is listed before it is looked who is loading, and that before the pointers are read.
     * So one that is listed and that no pointer names belongs to nobody, or somebody is under way, who tidies up later.
     */
    private void deleteOldGenerations() throws IOException {
        List<Path> artifacts = LocalDisk.list(folder.path(), "", CopyFolder.ARTIFACT);
        boolean othersLoad = markers.isAnyUnderWay();
        CopyFolder.Pointers pointers = folder.pointers();
        if (othersLoad || !pointers.newer().isEmpty()) {
            return;
        }
        Set<Map<ArtifactType, Sha256>> builds = new HashSet<>(); // one may have several numbers, as after a new epoch
        Set<Path> needed = new HashSet<>();
        for (StoredPointer stored : pointers.readable()) {
            Pointer pointer = stored.pointer();
            Manifest manifest = pointer.manifest().value();
            if (builds.size() < GENERATIONS && builds.add(manifest.digests())) {
                manifest.artifacts().values().forEach(ref -> needed.add(folder.fileOf(ref)));
            } else {
                disk.delete(folder.fileOf(pointer));
            }
        }
        pointers.unreadable().forEach(disk::delete);
        artifacts.stream().filter(file -> !needed.contains(file)).forEach(disk::delete);
    }

    private void failed(Exception e) {
        String message = "no local copy of " + folder.path() + " can be kept: " + reason(e);
        if (problem.isEmpty()) {
            log.warn("{}; serving goes on without, and a start without the store may find nothing", message, e);
        }
        problem = Optional.of(message);
    }

    /** Many exceptions about a file only name it. */
    private static String reason(Exception e) {
        boolean namesTheFileOnly = e instanceof FileSystemException file && file.getReason() == null;
        return namesTheFileOnly ? e.getClass().getSimpleName() + ", " + e.getMessage() : String.valueOf(e.getMessage());
    }
}
