package dev.recsys.serve;

import dev.recsys.NotReadyException;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the snapshot of a revision, taking over the tables that the snapshot before has with the same bytes. */
final class SnapshotLoader {
    private final MemoryBudget memory;
    private final boolean mapped;

    /**
     * Loads within a budget.
     *
     * @param mapped how tables are opened; what they need of the heap depends on it
     */
    SnapshotLoader(MemoryBudget memory, boolean mapped) {
        this.memory = memory;
        this.mapped = mapped;
    }

    /** Brings artifacts of the revision into memory. */
    interface TableSource {
        Map<ArtifactType, Table> load(List<ArtifactType> types);
    }

    /**
     * Makes room, loads, and hands the snapshot over; the room is the snapshot's own from then on.
     *
     * @return false if nothing was handed over, because the surface was idle itself and had to leave
     * @throws NotReadyException if nothing was loaded before and there is no room
     */
    boolean load(Revision revision, Optional<Snapshot> before, TableSource source, Consumer<Snapshot> service) {
        Manifest manifest = revision.manifest();
        if (before.isPresent()
                && hasSameArtifacts(manifest, before.get().revision().manifest())) {
            service.accept(before.get().under(revision));
            return true;
        }
        long needBytes = MemoryNeed.of(manifest, mapped);
        if (!memory.reserve(revision.scope(), before.isPresent(), needBytes)) {
            return false;
        }
        service.accept(loaded(revision, before, source, needBytes));
        return true;
    }

    /** The room is given back before the snapshot counts by itself: counted twice, it could drive another surface out. */
    private Snapshot loaded(Revision revision, Optional<Snapshot> before, TableSource source, long needBytes) {
        try {
            return Snapshot.of(revision, tables(revision.manifest(), before, source));
        } finally {
            memory.release(needBytes);
        }
    }

    private static Map<ArtifactType, Table> tables(Manifest manifest, Optional<Snapshot> before, TableSource source) {
        Map<ArtifactType, Table> tables = new TreeMap<>();
        manifest.artifacts()
                .forEach((type, ref) -> before.filter(snapshot -> isSame(
                                ref, snapshot.revision().manifest().artifacts().get(type)))
                        .flatMap(snapshot -> snapshot.tableOf(type, ref.sha256()))
                        .ifPresent(kept -> tables.put(type, kept)));
        List<ArtifactType> missing = manifest.artifacts().keySet().stream()
                .filter(type -> !tables.containsKey(type))
                .toList();
        tables.putAll(source.load(missing));
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
