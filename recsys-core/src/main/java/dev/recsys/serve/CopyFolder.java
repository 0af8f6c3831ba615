package dev.recsys.serve;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.RecsysException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.Digests;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Copies of one scope's pointers and artifacts in a folder, to read: {@code {tenant}/{surface}/} below the root, named as
 * in a store, with {@code {epoch}-{seq}.pointer} for the exact bytes of a pointer and {@code {sha256}.rst} for an
 * artifact. Whatever lies there, nothing is taken for more than it proves to be.
 */
final class CopyFolder {
    static final String POINTER = ".pointer";
    static final String ARTIFACT = ".rst";

    private static final Comparator<StoredPointer> OLDEST_FIRST = Comparator.comparing(
                    (StoredPointer stored) -> stored.pointer().epoch())
            .thenComparing(stored -> stored.pointer().seq());

    private final Path folder;
    private final Scope scope;
    private final PointerReads pointers;
    private final ArtifactLoader artifacts;

    CopyFolder(Path root, Scope scope, PointerReads pointers, ArtifactLoader artifacts) {
        this.folder = root.resolve(ScopeKeys.current(scope).path()).resolveSibling("");
        this.scope = scope;
        this.pointers = pointers;
        this.artifacts = artifacts;
    }

    /**
     * What is there.
     *
     * @param readable newest first
     * @param unreadable the files that are damaged, or another scope's, or are gone since they were listed
     * @param newer the files that this version cannot read
     */
    record Pointers(List<StoredPointer> readable, List<Path> unreadable, List<Path> newer) {}

    Path path() {
        return folder;
    }

    Path fileOf(ArtifactRef ref) {
        return folder.resolve(ref.sha256().hex() + ARTIFACT);
    }

    Path fileOf(Pointer pointer) {
        return folder.resolve(digits(pointer.epoch()) + "-" + digits(pointer.seq()) + POINTER);
    }

    /** Twenty digits; the formatter of the JDK takes a start too long to load. */
    private static String digits(long number) {
        String digits = Long.toString(number);
        return "0".repeat(20 - digits.length()) + digits;
    }

    Pointers pointers() throws IOException {
        List<StoredPointer> readable = new ArrayList<>();
        List<Path> unreadable = new ArrayList<>();
        List<Path> newer = new ArrayList<>();
        for (Path file : LocalDisk.list(folder, "", POINTER)) {
            try {
                readable.add(read(file));
            } catch (NewerFormatException e) {
                newer.add(file);
            } catch (RecsysException | IOException e) {
                unreadable.add(file);
            }
        }
        readable.sort(OLDEST_FIRST.reversed());
        return new Pointers(readable, unreadable, newer);
    }

    private StoredPointer read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(PointerCodec.MAX_BYTES + 1);
        }
        StoredPointer stored = pointers.decodeCopy(scope, "The copy of a pointer " + file, bytes);
        if (bytes.length > PointerCodec.MAX_BYTES || !fileOf(stored.pointer()).equals(file)) {
            throw new DamagedException("The copy of a pointer " + file + " holds revision "
                    + stored.pointer().epoch() + "/" + stored.pointer().seq() + " in " + bytes.length + " bytes");
        }
        return stored;
    }

    /** Opens a copy, into memory or mapped; nobody may use the table before the copy's digest was compared. */
    Table open(Path copy, Revision revision, ArtifactType type) throws IOException {
        return artifacts.open(copy, revision.scope(), revision.manifest(), type);
    }

    /** Returns whether there is a file for an artifact; its content may be anything of the right length. */
    boolean holds(ArtifactRef ref) {
        try {
            return Files.size(fileOf(ref)) == ref.sizeBytes();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether there is a copy of exactly an artifact's bytes. */
    boolean holdsExactly(ArtifactRef ref) throws IOException {
        return holds(ref) && Digests.of(fileOf(ref)).equals(ref.sha256());
    }
}
