package dev.recsys.internal.artifact;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.store.BlobStore;
import dev.recsys.store.Sha256;
import dev.recsys.table.Table;
import dev.recsys.table.TableInfo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings one artifact from the store into memory: copied to a temporary file, its length and digest compared with the
 * manifest before a byte is parsed, then opened and compared with whose and what it should be. The one way in which
 * readers serve, publishers check before they roll back, and {@code verify} looks; readers that keep local copies take
 * the two halves of it, {@link #copyTo} and {@link #open}.
 */
public final class ArtifactLoader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final BlobStore store;
    private final Duration timeout;
    private final boolean mapped;

    /** Loads from a store onto the heap, each artifact within the given time. */
    public ArtifactLoader(BlobStore store, Duration timeout) {
        this(store, timeout, false);
    }

    private ArtifactLoader(BlobStore store, Duration timeout, boolean mapped) {
        this.store = store;
        this.timeout = timeout;
        this.mapped = mapped;
    }

    /**
     * Returns one that leaves entries in the files, which must not change; see {@link Table#map}. Temporary files are
     * deleted all the same, where the operating system lets a mapped file go, or else when the process ends.
     */
    public ArtifactLoader mapping() {
        return new ArtifactLoader(store, timeout, true);
    }

    /** Returns whether entries stay in the files. */
    public boolean isMapping() {
        return mapped;
    }

    /** Loads artifacts of a revision, as {@link #load(Scope, Manifest, ArtifactType)} loads one. */
    public SortedMap<ArtifactType, Table> load(Revision revision, Collection<ArtifactType> types) {
        SortedMap<ArtifactType, Table> tables = new TreeMap<>();
        types.forEach(type -> tables.put(type, load(revision.scope(), revision.manifest(), type)));
        return tables;
    }

    /**
     * Loads an artifact of a manifest.
     *
     * @throws DamagedException if it is missing, altered, or not what the manifest says
     * @throws NewerFormatException if a newer version of recsys wrote it
     */
    public Table load(Scope scope, Manifest manifest, ArtifactType type) {
        ArtifactRef ref = readable(scope, manifest, type);
        Path file = null;
        try {
            file = Files.createTempFile("recsys-", ".rst");
            try (OutputStream out = Files.newOutputStream(file)) {
                copyTo(ref, out);
            }
            return open(file, scope, manifest, type);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot keep a temporary copy of artifact " + ref.key() + " (" + ref.sizeBytes()
                            + " bytes); is the folder for temporary files writable, with room?",
                    e);
        } finally {
            deleteQuietly(file);
        }
    }

    /**
     * Returns what a manifest says of an artifact that this version can read.
     *
     * @throws NewerFormatException if a newer version of recsys wrote it
     */
    public static ArtifactRef readable(Scope scope, Manifest manifest, ArtifactType type) {
        ArtifactRef ref = manifest.artifact(type)
                .orElseThrow(
                        () -> new IllegalArgumentException("the manifest of " + scope + " has no artifact " + type));
        if (ref.format() > Table.FORMAT) {
            throw new NewerFormatException("Artifact " + ref.key() + " is of format " + ref.format()
                    + "; this version of recsys reads up to " + Table.FORMAT + ". Upgrade recsys here.");
        }
        return ref;
    }

    /**
     * Copies an artifact from the store. On any exception the stream may have received a part, which is not to be used.
     *
     * @throws DamagedException if it is missing, or what came has another length or digest
     * @throws IOException if the stream failed, or {@link UncheckedIOException}
     */
    public void copyTo(ArtifactRef ref, OutputStream target) throws IOException {
        MeasuredStream out = new MeasuredStream(new BoundedOutput(ref, target));
        BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        if (!store.copyTo(ref.key(), buffered, ref.sizeBytes(), timeout)) {
            throw new DamagedException("Artifact " + ref.key() + " is missing in " + store.location()
                    + " although a manifest names it. Roll back to another release, or ship the build again.");
        }
        buffered.flush();
        Sha256 found = out.sha256();
        if (out.sizeBytes() != ref.sizeBytes() || !found.equals(ref.sha256())) {
            throw new DamagedException("Artifact " + ref.key() + " in " + store.location() + " was altered: "
                    + out.sizeBytes() + " bytes with digest " + found + ", expected " + ref.sizeBytes() + " with "
                    + ref.sha256() + ". Roll back to another release, or ship the build again.");
        }
    }

    /**
     * Opens a copy. Nobody may use the table before the copy's length and digest were compared with the manifest; to read
     * other bytes than those does no harm, but what comes of it is of no worth.
     *
     * @throws DamagedException if it is not what the manifest says
     * @throws IOException if the file cannot be read
     */
    public Table open(Path copy, Scope scope, Manifest manifest, ArtifactType type) throws IOException {
        ArtifactRef ref = readable(scope, manifest, type);
        Table table = sound(ref, copy);
        TableInfo expected = new TableInfo(scope, type, manifest.compatibilityGroup());
        if (!table.info().equals(expected)) {
            throw new DamagedException(
                    "Artifact " + ref.key() + " says it is " + table.info() + ", the manifest expects " + expected);
        }
        if (table.coveredItems() != ref.rows()) {
            throw new DamagedException("Artifact " + ref.key() + " covers " + table.coveredItems()
                    + " items, the manifest expects " + ref.rows());
        }
        if (ref.counts().isPresent() && !ref.counts().get().equals(table.counts())) {
            throw new DamagedException("Artifact " + ref.key() + " has " + table.counts() + ", the manifest expects "
                    + ref.counts().get());
        }
        return table;
    }

    /** What is wrong with the copy is wrong with the artifact, if the bytes are those that the manifest names. */
    private Table sound(ArtifactRef ref, Path copy) throws IOException {
        try {
            return mapped ? Table.map(copy) : Table.open(copy);
        } catch (DamagedException e) {
            throw new DamagedException("Artifact " + ref.key() + " is no sound table: " + e.getMessage(), e);
        }
    }

    private static void deleteQuietly(@Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
