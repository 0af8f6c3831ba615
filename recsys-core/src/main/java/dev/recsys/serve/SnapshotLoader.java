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
import org.jspecify.annotations.Nullable;

/** Makes the snapshot of a revision, taking over the tables that the snapshot before has with the same bytes. */
final class SnapshotLoader {
    private final ArtifactLoader artifacts;

    SnapshotLoader(ArtifactLoader artifacts) {
        this.artifacts = artifacts;
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
            ArtifactRef ref = entry.getValue();
            Optional<Table> kept = before.filter(snapshot -> isSame(
                            ref, snapshot.revision().manifest().artifacts().get(type)))
                    .flatMap(snapshot -> snapshot.tableOf(type, ref.sha256()));
            tables.put(type, kept.orElseGet(() -> artifacts.load(scope, manifest, type)));
        }
        return Snapshot.of(revision, tables);
    }

    private static boolean hasSameArtifacts(Manifest one, Manifest other) {
        return one.artifacts().keySet().equals(other.artifacts().keySet())
                && one.artifacts().entrySet().stream()
                        .allMatch(entry ->
                                isSame(entry.getValue(), other.artifacts().get(entry.getKey())))
                && one.compatibilityGroup().equals(other.compatibilityGroup());
    }

    /** Equal digests alone are not enough: what else a manifest says of the bytes has to be true too. */
    private static boolean isSame(ArtifactRef one, @Nullable ArtifactRef other) {
        return other != null
                && one.sha256().equals(other.sha256())
                && one.sizeBytes() == other.sizeBytes()
                && one.rows() == other.rows()
                && one.format() == other.format();
    }
}
