package dev.recsys.publish;

import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What differs between two releases.
 *
 * @param from the id of the one
 * @param to the id of the other
 * @param changes one for each artifact type that either has, by type
 */
public record ReleaseDiff(long from, long to, List<Change> changes) {
    /** Copies the list. */
    public ReleaseDiff {
        changes = List.copyOf(changes);
    }

    /** How an artifact differs. */
    public enum Kind {
        /** Only the second release has it. */
        ADDED,
        /** Only the first release has it. */
        REMOVED,
        /** Both have it, with different bytes. */
        CHANGED,
        /** Both have the same bytes. */
        SAME
    }

    /**
     * One artifact.
     *
     * @param type which
     * @param kind how it differs
     * @param before as it is in the first release
     * @param after as it is in the second release
     */
    public record Change(ArtifactType type, Kind kind, Optional<ArtifactRef> before, Optional<ArtifactRef> after) {}

    static ReleaseDiff between(long from, Manifest before, long to, Manifest after) {
        SortedSet<ArtifactType> types = new TreeSet<>(before.artifacts().keySet());
        types.addAll(after.artifacts().keySet());
        List<Change> changes = new ArrayList<>();
        for (ArtifactType type : types) {
            Optional<ArtifactRef> old = before.artifact(type);
            Optional<ArtifactRef> now = after.artifact(type);
            changes.add(new Change(type, kind(old, now), old, now));
        }
        return new ReleaseDiff(from, to, changes);
    }

    private static Kind kind(Optional<ArtifactRef> before, Optional<ArtifactRef> after) {
        if (before.isEmpty()) {
            return Kind.ADDED;
        }
        if (after.isEmpty()) {
            return Kind.REMOVED;
        }
        return before.get().sha256().equals(after.get().sha256()) ? Kind.SAME : Kind.CHANGED;
    }
}
