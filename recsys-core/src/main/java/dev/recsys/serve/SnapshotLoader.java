package dev.recsys.serve;

import dev.recsys.NotReadyException;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.serve.MemoryBudget.Claim;
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
    private final Service service;
    private final boolean mapped;

    /**
     * Loads for a surface, within a budget.
     *
     * @param service where the snapshots go; once it is over nothing is loaded
     * @param mapped how tables are opened; what they need of the heap depends on it
     */
    SnapshotLoader(MemoryBudget memory, Service service, boolean mapped) {
        this.memory = memory;
        this.service = service;
        this.mapped = mapped;
    }

    /** Brings artifacts of the revision into memory. */
    interface TableSource {
        Map<ArtifactType, Table> load(List<ArtifactType> types);
    }

    /**
     * Makes room, loads, and hands the snapshot over; the room is the snapshot's own from then on.
     *
     * @return false if nothing was handed over, because the surface has left, perhaps only now, for it was idle itself
     * @throws NotReadyException if nothing was loaded before and there is no room
     */
    boolean load(Revision revision, Optional<Snapshot> before, TableSource source, Consumer<Snapshot> taker) {
        return load(revision, before, before.isPresent(), source, taker);
    }

    /**
     * As {@link #load}, of a release that is served beside the current one: only if there is room.
     *
     * @throws NotReadyException if there is no room
     */
    void loadBeside(Revision revision, Snapshot current, TableSource source, Consumer<Snapshot> taker) {
        boolean unused = load(revision, Optional.of(current), false, source, taker);
    }

    private boolean load(
            Revision revision,
            Optional<Snapshot> before,
            boolean isServing,
            TableSource source,
            Consumer<Snapshot> taker) {
        Manifest manifest = revision.manifest();
        if (before.isPresent()
                && hasSameArtifacts(manifest, before.get().revision().manifest())) {
            taker.accept(before.get().under(revision));
            return true;
        }
        Map<ArtifactType, Table> kept =
                before.map(snapshot -> kept(manifest, snapshot)).orElseGet(TreeMap::new);
        long needBytes = MemoryNeed.of(manifest, kept, mapped);
        if (!memory.reserve(new Claim(revision.scope(), isServing, needBytes, service::isOver))) {
            return false;
        }
        taker.accept(loaded(revision, kept, source, needBytes));
        return true;
    }

    /** The room is given back before the snapshot counts by itself: counted twice, it could drive another surface out. */
    private Snapshot loaded(Revision revision, Map<ArtifactType, Table> kept, TableSource source, long needBytes) {
        try {
            Map<ArtifactType, Table> tables = new TreeMap<>(kept);
            tables.putAll(source.load(revision.manifest().artifacts().keySet().stream()
                    .filter(type -> !kept.containsKey(type))
                    .toList()));
            return Snapshot.of(revision, tables);
        } finally {
            memory.release(needBytes);
        }
    }

    private static Map<ArtifactType, Table> kept(Manifest manifest, Snapshot before) {
        Map<ArtifactType, Table> kept = new TreeMap<>();
        manifest.artifacts().forEach((type, ref) -> {
            if (isSame(ref, before.revision().manifest().artifacts().get(type))) {
                before.tableOf(type, ref.sha256()).ifPresent(table -> kept.put(type, table));
            }
        });
        return kept;
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
                && one.format() == other.format()
                && one.counts().equals(other.counts());
    }
}
