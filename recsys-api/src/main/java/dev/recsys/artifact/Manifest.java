package dev.recsys.artifact;

import dev.recsys.store.Sha256;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The artifacts that serve one scope together. Changes only when something is shipped: a hold or a rollback of the
 * pointer never makes it look fresher.
 *
 * @param updatedAt when it was shipped
 * @param artifacts its artifacts by type; empty only before the first ship
 * @param compatibilityGroup the name of the id space all its artifacts share
 * @param evidence what the build recorded about itself, such as counts of events and rejected lines
 */
public record Manifest(
        Instant updatedAt,
        SortedMap<ArtifactType, ArtifactRef> artifacts,
        String compatibilityGroup,
        SortedMap<String, String> evidence) {
    /** Copies the maps. */
    public Manifest {
        artifacts = Collections.unmodifiableSortedMap(new TreeMap<>(artifacts));
        evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
    }

    /** Returns the artifact of a type, if the manifest has one. */
    public Optional<ArtifactRef> artifact(ArtifactType type) {
        return Optional.ofNullable(artifacts.get(type));
    }

    /** Returns the smallest window that covers the windows of all artifacts; empty without artifacts. */
    public Optional<Window> window() {
        return artifacts.values().stream().map(ArtifactRef::window).reduce(Window::spanning);
    }

    /** Returns the oldest watermark of its artifacts: everything up to then is in all of them; empty without artifacts. */
    public Optional<Instant> watermark() {
        return artifacts.values().stream().map(ArtifactRef::watermark).min(Instant::compareTo);
    }

    /** Returns the number of bytes of all artifacts together. */
    public long sizeBytes() {
        return artifacts.values().stream().mapToLong(ArtifactRef::sizeBytes).sum();
    }

    /** Returns the digests by type. */
    public Map<ArtifactType, Sha256> digests() {
        Map<ArtifactType, Sha256> digests = new TreeMap<>();
        artifacts.forEach((type, ref) -> digests.put(type, ref.sha256()));
        return digests;
    }
}
