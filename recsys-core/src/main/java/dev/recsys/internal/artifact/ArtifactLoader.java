package dev.recsys.internal.artifact;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
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
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Brings one artifact from the store into memory: copied to a temporary file, its length and digest compared with the
 * manifest before a byte is parsed, then opened and compared with whose and what it should be. The one way in which
 * readers serve, publishers check before they roll back, and {@code verify} looks.
 */
public final class ArtifactLoader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final BlobStore store;
    private final Duration timeout;

    /** Loads from a store, each artifact within the given time. */
    public ArtifactLoader(BlobStore store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
    }

    /**
     * Loads an artifact of a manifest.
     *
     * @throws DamagedException if it is missing, altered, or not what the manifest says
     * @throws NewerFormatException if a newer version of recsys wrote it
     */
    public Table load(Scope scope, Manifest manifest, ArtifactType type) {
        ArtifactRef ref = manifest.artifact(type)
                .orElseThrow(
                        () -> new IllegalArgumentException("the manifest of " + scope + " has no artifact " + type));
        if (ref.format() > Table.FORMAT) {
            throw new NewerFormatException("Artifact " + ref.key() + " is of format " + ref.format()
                    + "; this version of recsys reads up to " + Table.FORMAT + ". Upgrade recsys here.");
        }
        Table table = fetch(ref);
        TableInfo expected = new TableInfo(scope, type, manifest.compatibilityGroup());
        if (!table.info().equals(expected)) {
            throw new DamagedException(
                    "Artifact " + ref.key() + " says it is " + table.info() + ", the manifest expects " + expected);
        }
        if (table.coveredItems() != ref.rows()) {
            throw new DamagedException("Artifact " + ref.key() + " covers " + table.coveredItems()
                    + " items, the manifest expects " + ref.rows());
        }
        return table;
    }

    private Table fetch(ArtifactRef ref) {
        Path file = null;
        try {
            file = Files.createTempFile("recsys-", ".rst");
            copy(ref, file);
            return open(ref, file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot keep a temporary copy of artifact " + ref.key() + " (" + ref.sizeBytes()
                            + " bytes); is the folder for temporary files writable, with room?",
                    e);
        } finally {
            deleteQuietly(file);
        }
    }

    /** What is wrong with the copy is wrong with the artifact: the bytes are those that the manifest names. */
    private static Table open(ArtifactRef ref, Path file) throws IOException {
        try {
            return Table.open(file);
        } catch (DamagedException e) {
            throw new DamagedException("Artifact " + ref.key() + " is no sound table: " + e.getMessage(), e);
        }
    }

    private void copy(ArtifactRef ref, Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (OutputStream out =
                new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES), digest)) {
            if (!store.copyTo(ref.key(), new BoundedOutput(ref, out), ref.sizeBytes(), timeout)) {
                throw new DamagedException("Artifact " + ref.key() + " is missing in " + store.location()
                        + " although a manifest names it. Roll back to another release, or ship the build again.");
            }
        }
        Sha256 found = Sha256.of(digest);
        if (Files.size(file) != ref.sizeBytes() || !found.equals(ref.sha256())) {
            throw new DamagedException("Artifact " + ref.key() + " in " + store.location() + " was altered: "
                    + Files.size(file) + " bytes with digest " + found + ", expected " + ref.sizeBytes() + " with "
                    + ref.sha256() + ". Roll back to another release, or ship the build again.");
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
