package dev.recsys.serve;

import dev.recsys.NotReadyException;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the snapshot of a revision, taking over the tables that the snapshot before has with the same bytes. */
final class SnapshotLoader {
    private static final boolean MAPPED = false; // how artifacts are opened; the need depends on it

    private final ArtifactLoader artifacts;
    private final MemoryBudget memory;

    SnapshotLoader(ArtifactLoader artifacts, MemoryBudget memory) {
        this.artifacts = artifacts;
        this.memory = memory;
    }

    /**
     * Makes room, loads, and hands the snapshot over; the room is the snapshot's own from then on. Nothing is handed over
     * if the surface was idle itself and had to leave.
     *
     * @throws NotReadyException if nothing was loaded before and there is no room
     */
    void load(Revision revision, Optional<Snapshot> before, Consumer<Snapshot> service) {
        Manifest manifest = revision.manifest();
        if (before.isPresent()
                && hasSameArtifacts(manifest, before.get().revision().manifest())) {
            service.accept(before.get().under(revision));
            return;
        }
        long needBytes = MemoryNeed.of(manifest, MAPPED);
        if (!memory.reserve(revision.scope(), before.isPresent(), needBytes)) {
            return;
        }
        try {
            service.accept(Snapshot.of(revision, tables(revision, before)));
        } finally {
            memory.release(needBytes);
        }
    }

    private Map<ArtifactType, Table> tables(Revision revision, Optional<Snapshot> before) {
        Scope scope = revision.scope();
        Manifest manifest = revision.manifest();
        Map<ArtifactType, Table> tables = new TreeMap<>();
        for (Map.Entry<ArtifactType, ArtifactRef> entry : manifest.artifacts().entrySet()) {
            ArtifactType type = entry.getKey();
            ArtifactRef ref = entry.getValue();
            Optional<Table> kept = before.filter(snapshot -> isSame(
                            ref, snapshot.revision().manifest().artifacts().get(type)))
                    .flatMap(snapshot -> snapshot.tableOf(type, ref.sha256()));
            tables.put(type, kept.orElseGet(() -> artifacts.load(scope, manifest, type)));
        }
        return tables;
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
