package dev.recsys.serve;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.table.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the snapshot of a revision, taking over the tables that the snapshot before has with the same bytes. */
final class SnapshotLoader {
    private final ArtifactLoader artifacts;

    SnapshotLoader(ArtifactLoader artifacts) {
        this.artifacts = artifacts;
    }

    /** Returns what {@link #load} would add to the heap, at most. */
    long needBytes(Revision revision, Optional<Snapshot> before) {
        boolean same = before.isPresent()
                && hasSameArtifacts(revision.manifest(), before.get().revision().manifest());
        return same ? 0 : MemoryNeed.of(revision.manifest(), false);
    }

    Snapshot load(Revision revision, Optional<Snapshot> before) {
        Scope scope = revision.scope();
        Manifest manifest = revision.manifest();
        if (before.isPresent()
                && hasSameArtifacts(manifest, before.get().revision().manifest())) {
            return before.get().under(revision);
        }
        Map<ArtifactType, Table> tables = new TreeMap<>();
        for (Map.Entry<ArtifactType, ArtifactRef> entry : manifest.artifacts().entrySet()) {
            ArtifactType type = entry.getKey();
            Optional<Table> kept = before.flatMap(
                    snapshot -> snapshot.tableOf(type, entry.getValue().sha256()));
            tables.put(type, kept.orElseGet(() -> artifacts.load(scope, manifest, type)));
        }
        return Snapshot.of(revision, tables);
    }

    private static boolean hasSameArtifacts(Manifest one, Manifest other) {
        return one.digests().equals(other.digests()) && one.compatibilityGroup().equals(other.compatibilityGroup());
    }
}
