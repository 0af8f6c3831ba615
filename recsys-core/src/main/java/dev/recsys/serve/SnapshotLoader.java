package dev.recsys.serve;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the snapshot of a revision, taking over the tables that the snapshot before has with the same bytes. */
final class SnapshotLoader {
    /** Brings artifacts of the revision into memory. */
    interface TableSource {
        Map<ArtifactType, Table> load(List<ArtifactType> types);
    }

    Snapshot load(Revision revision, Optional<Snapshot> before, TableSource source) {
        Manifest manifest = revision.manifest();
        if (before.isPresent()
                && hasSameArtifacts(manifest, before.get().revision().manifest())) {
            return before.get().under(revision);
        }
        Map<ArtifactType, Table> tables = new TreeMap<>();
        manifest.artifacts()
                .forEach((type, ref) -> before.flatMap(snapshot -> snapshot.tableOf(type, ref.sha256()))
                        .ifPresent(kept -> tables.put(type, kept)));
        List<ArtifactType> missing = manifest.artifacts().keySet().stream()
                .filter(type -> !tables.containsKey(type))
                .toList();
        tables.putAll(source.load(missing));
        return Snapshot.of(revision, tables);
    }

    private static boolean hasSameArtifacts(Manifest one, Manifest other) {
        return one.digests().equals(other.digests()) && one.compatibilityGroup().equals(other.compatibilityGroup());
    }
}
