package dev.recsys.serve;

import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.table.RowKeys;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import java.util.List;
import java.util.Map;

/**
 * What a release will take of the heap whose manifest does not count what is in its tables, as those of earlier versions.
 *
 * <p>On the heap, the figure is never less than {@link Snapshot#heapBytes()} will be, whatever the tables hold. Of one table
 * it is at most 3 times as much, of two or three at most 8 times, and some KiB. It is that wide because a manifest tells
 * neither how many of the bytes are names, which cost more than they take in the file, nor whether the tables number the
 * same items alike: all bytes count as the worst that they can be. Once a release is loaded, its real size counts.
 *
 * <p>Mapped, it is a bound for tables whose names have at most 64 bytes on average, and in which at least every fourth
 * item has a row: other tables may need as much as on the heap.
 */
final class UncountedNeed {
    private static final int HEADER_BYTES = 320;
    private static final int LEAST_BYTES_OF_ITEM = 5; // in the file: where the name ends, and one byte of it
    private static final int LEAST_BYTES_WITH_ROW =
            12; // where the name ends, row start, row length; a label may be empty
    private static final int INDEX_BYTES = 16; // of a name, at most: four slots
    private static final int ROW_BYTES = 12; // start, length and scale
    private static final int NAME_BYTES = 64; // assumed when mapped
    private static final int ITEMS_FOR_ROW = 4; // assumed when mapped
    private static final int LEAST_BYTES_OF_ENTRY = 4; // in the file, packed
    private static final long BYTES_OF_EXACT_ENTRY = 8; // on the heap
    private static final long SMALL_ARRAYS = 512; // indexes have at least 16 slots, however few the names

    private UncountedNeed() {}

    /**
     * Returns what a release needs beside tables that are in memory already. Those are not counted again, but what another
     * numbering of all items can make of them is.
     */
    static long of(Manifest manifest, Map<ArtifactType, Table> kept, boolean mapped) {
        List<ArtifactRef> fetched = manifest.artifacts().entrySet().stream()
                .filter(entry -> !kept.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        Kept others = Kept.of(manifest, kept, fetched);
        int tables = manifest.artifacts().size();
        long onHeap = onHeap(fetched, others, tables);
        boolean canBeMapped = mapped && fetched.stream().allMatch(ref -> ref.sizeBytes() <= Integer.MAX_VALUE);
        return canBeMapped ? Math.min(onHeap, mapped(fetched, others, tables)) : onHeap;
    }

    /**
     * What tables that are in memory add to a new numbering.
     *
     * @param any whether there are some
     * @param names how many items and labels they have
     * @param nameBytes what these take, without an index
     * @param entryBytes what their entries take if they are numbered anew
     */
    private record Kept(boolean any, long names, long nameBytes, long entryBytes) {
        static Kept of(Manifest manifest, Map<ArtifactType, Table> kept, List<ArtifactRef> fetched) {
            long mostFetched = fetched.stream()
                    .mapToLong(ref -> ref.sizeBytes() / LEAST_BYTES_OF_ENTRY)
                    .max()
                    .orElse(0);
            long names = 0;
            long nameBytes = 0;
            long entryBytes = 0;
            for (Map.Entry<ArtifactType, Table> entry : kept.entrySet()) {
                Table table = entry.getValue();
                long sizeBytes = manifest.artifact(entry.getKey()).orElseThrow().sizeBytes();
                names += table.itemCount() + (table.rowKeys() == RowKeys.LABELS ? table.rowCount() : 0);
                nameBytes += sizeBytes - (long) LEAST_BYTES_OF_ENTRY * table.entryCount();
                entryBytes += numbersAll(table, kept, mostFetched) ? 0 : BYTES_OF_EXACT_ENTRY * table.entryCount();
            }
            return new Kept(!kept.isEmpty(), names, nameBytes, entryBytes);
        }

        /** The table with the most entries numbers all items, and keeps its entries if they have its own numbers still. */
        private static boolean numbersAll(Table table, Map<ArtifactType, Table> kept, long mostFetched) {
            boolean hasOwnNumbers =
                    table.form() == TableForm.PACKED || table.isMapped(); // a copy under other numbers is neither
            return hasOwnNumbers
                    && table.entryCount() > mostFetched
                    && kept.values().stream()
                            .allMatch(other -> other == table || other.entryCount() < table.entryCount());
        }
    }

    private static long onHeap(List<ArtifactRef> fetched, Kept kept, int tables) {
        long sizeBytes = 0;
        long names = 0;
        for (ArtifactRef ref : fetched) {
            sizeBytes += ref.sizeBytes();
            names += mostNames(ref);
        }
        long own = sizeBytes + INDEX_BYTES * names + SMALL_ARRAYS * fetched.size();
        if (tables == 1 && !kept.any()) {
            return own;
        }
        // a numbering of all items, and every table under it: entries that were packed take twice as much
        long all = names + kept.names();
        long numbering = sizeBytes + kept.nameBytes() + INDEX_BYTES * all + SMALL_ARRAYS;
        return own + numbering + (long) ROW_BYTES * tables * all + kept.entryBytes();
    }

    /** The entries of the largest table stay in the file; the others' are copied, for they may be numbered otherwise. */
    private static long mapped(List<ArtifactRef> fetched, Kept kept, int tables) {
        long names = 0;
        long sizeBytes = 0;
        long largest = 0;
        for (ArtifactRef ref : fetched) {
            names += Math.min(mostNames(ref), ITEMS_FOR_ROW * ref.rows() + 256);
            sizeBytes += ref.sizeBytes();
            largest = kept.any() ? 0 : Math.max(largest, ref.sizeBytes()); // one that is kept may be larger
        }
        long twice = tables > 1 ? 2 : 1; // as the tables number them, and all together
        long all = names + kept.names();
        return names * twice * (NAME_BYTES + Integer.BYTES + INDEX_BYTES)
                + kept.nameBytes()
                + INDEX_BYTES * kept.names()
                + (long) ROW_BYTES * tables * all
                + 2 * (sizeBytes - largest)
                + kept.entryBytes()
                + SMALL_ARRAYS * tables;
    }

    /**
     * Items and labels. Where rows have labels, {@code rows} is the number of items unless no item is listed at all; where
     * rows belong to items, it is the number of those that have entries, and the rest have at least an empty row.
     */
    private static long mostNames(ArtifactRef ref) {
        long bytes = Math.max(0, ref.sizeBytes() - HEADER_BYTES);
        if (ref.rows() == 0) {
            return bytes / LEAST_BYTES_OF_ITEM;
        }
        return ref.rows() + Math.max(0, bytes - LEAST_BYTES_OF_ITEM * ref.rows()) / LEAST_BYTES_WITH_ROW;
    }
}
