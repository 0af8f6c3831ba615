package dev.recsys.publish;

import dev.recsys.NotFoundException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
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
    private final Scope scope;
    private final String compatibilityGroup;
    private final SortedMap<ArtifactType, BuiltArtifact> artifacts;
    private final SortedMap<String, String> evidence;

    Build(Scope scope, String compatibilityGroup, List<BuiltArtifact> artifacts, SortedMap<String, String> evidence) {
        this.scope = scope;
        this.compatibilityGroup = compatibilityGroup;
        SortedMap<ArtifactType, BuiltArtifact> byType = new TreeMap<>();
        artifacts.forEach(artifact -> byType.put(artifact.type(), artifact));
        this.artifacts = Collections.unmodifiableSortedMap(byType);
        this.evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
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

    /** Returns what the build recorded about itself. */
    public SortedMap<String, String> evidence() {
        return evidence;
    }
}
