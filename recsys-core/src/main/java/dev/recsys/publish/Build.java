package dev.recsys.publish;

import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.internal.Digests;
import dev.recsys.table.Table;
import dev.recsys.table.TableInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Artifacts that were computed together and wait in a folder to be shipped. Written by {@link BuildWriter}; immutable.
 */
public final class Build {
    private static final int MAX_ARTIFACTS = 16;
    private static final int MAX_EVIDENCE_CHARS = 4_000;

    private final Scope scope;
    private final String compatibilityGroup;
    private final SortedMap<ArtifactType, BuiltArtifact> artifacts;
    private final SortedMap<String, String> evidence;

    Build(Scope scope, String compatibilityGroup, List<BuiltArtifact> artifacts, SortedMap<String, String> evidence) {
        this.scope = scope;
        this.compatibilityGroup = TableInfo.requireGroup(compatibilityGroup);
        requireRoomInAPointer(artifacts.size(), evidence);
        SortedMap<ArtifactType, BuiltArtifact> byType = new TreeMap<>();
        artifacts.forEach(artifact -> byType.put(artifact.type(), artifact));
        this.artifacts = Collections.unmodifiableSortedMap(byType);
        this.evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
    }

    /** What a build may take of a pointer, so that there is room for every operation that follows its ship. */
    private static void requireRoomInAPointer(int artifacts, SortedMap<String, String> evidence) {
        if (artifacts > MAX_ARTIFACTS) {
            throw new IllegalArgumentException(
                    "the build has " + artifacts + " artifacts; at most " + MAX_ARTIFACTS + " are allowed");
        }
        long chars = evidence.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
        if (chars > MAX_EVIDENCE_CHARS) {
            throw new IllegalArgumentException("the build's evidence has " + chars + " characters; at most "
                    + MAX_EVIDENCE_CHARS + " are recorded. Keep the rest beside the build.");
        }
        evidence.forEach((name, value) -> {
            if (name.isBlank() || value.isBlank() || (name + value).chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("the build's evidence '" + name
                        + "' is blank or holds a control character; expected a name and a value in plain text");
            }
        });
    }

    /**
     * Opens the build in a folder. Reads its description only; what the files hold is checked when it is shipped.
     *
     * @throws NotFoundException if the folder holds no finished build
     * @throws dev.recsys.DamagedException if its description is not sound
     * @throws dev.recsys.NewerFormatException if a newer version of recsys wrote it
     * @throws UncheckedIOException if it cannot be read
     */
    public static Build at(Path directory) {
        Path description = directory.resolve(BuildDescription.FILE);
        if (!Files.isRegularFile(description)) {
            throw new NotFoundException("No finished build in " + directory + ": it has no " + BuildDescription.FILE
                    + ". Name the folder that `build --out` wrote, or run the build again if it was cut off.");
        }
        try {
            return BuildDescription.parse(directory, Files.readAllBytes(description));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + description, e);
        }
    }

    /** Returns whose build it is. */
    public Scope scope() {
        return scope;
    }

    /** Returns the name of the id space that all its artifacts share. */
    public String compatibilityGroup() {
        return compatibilityGroup;
    }

    /** Returns the artifacts by type; may be empty. */
    public SortedMap<ArtifactType, BuiltArtifact> artifacts() {
        return artifacts;
    }

    /**
     * Opens an artifact with the reader's own loader, once its length and digest were compared with what the build says.
     *
     * @throws IllegalArgumentException if the build has none of this type
     * @throws DamagedException if the file is not what the build says; build it again
     * @throws UncheckedIOException if it cannot be read
     */
    public Table open(ArtifactType type) {
        BuiltArtifact artifact = artifacts.get(type);
        if (artifact == null) {
            throw new IllegalArgumentException("the build of " + scope + " has no artifact " + type);
        }
        Table table = open(artifact);
        TableInfo expected = new TableInfo(scope, type, compatibilityGroup);
        if (!table.info().equals(expected) || table.coveredItems() != artifact.rows()) {
            throw new DamagedException(artifact.file() + " says it is " + table.info() + " with "
                    + table.coveredItems() + " items, its build says " + expected + " with " + artifact.rows()
                    + ". Build it again.");
        }
        return table;
    }

    private static Table open(BuiltArtifact artifact) {
        try {
            long sizeBytes = Files.size(artifact.file());
            if (sizeBytes != artifact.sizeBytes()
                    || !Digests.of(artifact.file()).equals(artifact.sha256())) {
                throw new DamagedException(artifact.file() + " was changed since it was built: it has " + sizeBytes
                        + " bytes, or another digest than its build says (" + artifact.sizeBytes() + ", "
                        + artifact.sha256() + "). Build it again.");
            }
            return Table.open(artifact.file());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read artifact " + artifact.file(), e);
        }
    }

    /** Returns what the build recorded about itself. */
    public SortedMap<String, String> evidence() {
        return evidence;
    }
}
