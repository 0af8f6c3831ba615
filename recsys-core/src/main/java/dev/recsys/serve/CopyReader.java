package dev.recsys.serve;

import dev.recsys.DamagedException;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.Digests;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.store.Sha256;
import dev.recsys.table.Table;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads copies of tables while their digests are computed, for a process that starts has no time for one after the other.
 * Nothing is given out before every digest was compared. Whatever the bytes are, reading them does no harm; and where a
 * digest is wrong, that is what is said, whatever else is.
 */
final class CopyReader {
    private final SharedWork work;

    CopyReader(SharedWork work) {
        this.work = work;
    }

    /** One artifact: its file, what it should be, and what two tasks find out about it. */
    private record Copy(
            ArtifactType type, ArtifactRef ref, Identity file, FutureTask<Sha256> digest, FutureTask<Table> table) {}

    /** Which file is under a name: copies are never changed in place, but another may be put in their place meanwhile. */
    private record Identity(Optional<Object> key, FileTime modified) {
        static Identity of(Path file) throws IOException {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new Identity(Optional.ofNullable(found.fileKey()), found.lastModifiedTime());
        }

        /** Not as the generated equals: to link the first one of those takes a fresh process 40 ms. */
        boolean isSame(Identity other) {
            return key.equals(other.key) && modified.equals(other.modified);
        }
    }

    /**
     * Returns the tables of sound copies.
     *
     * @param begins told before the first byte is read
     * @throws DamagedException if a copy is missing, altered or no sound table
     * @throws UncheckedIOException if a file cannot be read
     */
    Map<ArtifactType, Table> read(CopyFolder folder, Revision revision, List<ArtifactType> types, Runnable begins) {
        List<Copy> copies = new ArrayList<>();
        for (ArtifactType type : types) {
            ArtifactRef ref = ArtifactLoader.readable(revision.scope(), revision.manifest(), type);
            Path file = folder.fileOf(ref);
            if (!folder.holds(ref)) {
                throw altered(revision, file);
            }
            copies.add(new Copy(
                    type,
                    ref,
                    identity(file),
                    new FutureTask<>(() -> Digests.of(file)),
                    new FutureTask<>(() -> folder.open(file, revision, type))));
        }
        begins.run();
        try {
            work.finish(largestFirst(copies));
            return tables(folder, revision, copies);
        } catch (IOException e) {
            throw new UncheckedIOException("the copies of release " + revision.release() + " cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("stopped while copies were read"));
        }
    }

    private static Identity identity(Path file) {
        try {
            return Identity.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy " + file + " cannot be looked at", e);
        }
    }

    private static List<FutureTask<?>> largestFirst(List<Copy> copies) {
        List<FutureTask<?>> tasks = new ArrayList<>();
        copies.stream()
                .sorted(Comparator.comparingLong((Copy copy) -> copy.ref().sizeBytes())
                        .reversed())
                .forEach(copy -> {
                    tasks.add(copy.table());
                    tasks.add(copy.digest());
                });
        return tasks;
    }

    private static Map<ArtifactType, Table> tables(CopyFolder folder, Revision revision, List<Copy> copies)
            throws IOException, InterruptedException {
        for (Copy copy : copies) {
            Path file = folder.fileOf(copy.ref());
            boolean isRight = result(copy.digest()).equals(copy.ref().sha256());
            if (!isRight || !identity(file).isSame(copy.file())) { // else digest and table may be of two files
                throw altered(revision, file);
            }
        }
        Map<ArtifactType, Table> tables = new TreeMap<>();
        for (Copy copy : copies) {
            tables.put(copy.type(), result(copy.table()));
        }
        return tables;
    }

    private static <T> T result(FutureTask<T> task) throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("reading a copy throws nothing else", e);
        }
    }

    private static DamagedException altered(Revision revision, Path file) {
        return new DamagedException(
                "the copy " + file + " of release " + revision.release() + " is missing or altered");
    }
}
