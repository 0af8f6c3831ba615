package dev.recsys.serve;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.rank.ReleaseTables;
import dev.recsys.store.Sha256;
import dev.recsys.table.Catalogue;
import dev.recsys.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One release in memory, with all its tables under one numbering of items. Immutable. */
final class Snapshot {
    private final Revision revision;
    private final SortedMap<ArtifactType, Table> tables;
    private final Catalogue catalogue;
    private final ReleaseTables ranked;
    private final long heapBytes;

    private Snapshot(Revision revision, SortedMap<ArtifactType, Table> tables, Catalogue catalogue) {
        this.revision = revision;
        this.tables = tables;
        this.catalogue = catalogue;
        this.ranked = ReleaseTables.of(catalogue, tables);
        this.heapBytes = catalogue.heapBytes(tables.values());
    }

    static Snapshot of(Revision revision, Map<ArtifactType, Table> loaded) {
        List<Table> inOrder = new ArrayList<>(new TreeMap<>(loaded).values());
        Catalogue catalogue = Catalogue.of(inOrder);
        SortedMap<ArtifactType, Table> tables = new TreeMap<>();
        inOrder.forEach(table -> tables.put(table.info().type(), table.renumbered(catalogue)));
        return new Snapshot(revision, tables, catalogue);
    }

    /** Returns this snapshot under a later revision of the same release's artifacts. */
    Snapshot under(Revision later) {
        return new Snapshot(later, tables, catalogue);
    }

    Revision revision() {
        return revision;
    }

    /** Returns the tables as the ranking looks at them. */
    ReleaseTables tables() {
        return ranked;
    }

    /** Returns the table of exactly these bytes, if it is in this snapshot. */
    Optional<Table> tableOf(ArtifactType type, Sha256 sha256) {
        boolean same = sha256.equals(revision.manifest().digests().get(type));
        return same ? Optional.ofNullable(tables.get(type)) : Optional.empty();
    }

    /** Returns what the tables take of the heap, what they share counted once. */
    long heapBytes() {
        return heapBytes;
    }
}
