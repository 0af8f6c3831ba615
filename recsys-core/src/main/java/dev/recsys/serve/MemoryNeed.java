package dev.recsys.serve;

import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.TableCounts;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a release will take of the heap while it is loaded and after that, told from its manifest before a byte of it is
 * fetched: tables as they lie in their files with an index over the names; where there are several, all their items under one
 * numbering, while it is made and when it is done; and tables again that this numbers otherwise, on the heap and in the exact
 * form. Whether they share their items is not told, so none is taken to.
 *
 * <p>The figure is never less than {@link Snapshot#heapBytes()} will be, mapped or not, nor than what is held at any time of the
 * load, beside some 200 KiB to read with. Of one table it is what it takes; a release of a million items that its tables share is
 * told as one and a half times what it takes. Without counts, or with some that its length cannot hold, {@link UncountedNeed} tells much
 * more.
 */
final class MemoryNeed {
    private static final long INDEX_BYTES = 16; // of a name, at most: four slots
    private static final long NUMBERED_BYTES = INDEX_BYTES + 4; // of a name: its index, and where it ends
    private static final long FILLING_BYTES = NUMBERED_BYTES + 8; // of a name: and room for its bytes
    private static final long GROWING_BYTES = 3; // of a byte of a name, in a pool that doubles
    private static final long ROW_BYTES = 12; // start, length and scale
    private static final long COPIED_ENTRY = 8; // item and score
    private static final long LEAST_ENTRY = 4; // in a file, packed
    private static final long SMALL_ARRAYS = 512; // indexes have at least 16 slots, however few the names

    private MemoryNeed() {}

    /** Returns what a release needs of which nothing is in memory. */
    static long of(Manifest manifest, boolean mapped) {
        return of(manifest, Map.of(), mapped);
    }

    /** Returns what a release needs beside tables that are in memory already, which are not counted again. */
    static long of(Manifest manifest, Map<ArtifactType, Table> kept, boolean mapped) {
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<ArtifactType, ArtifactRef> artifact :
                manifest.artifacts().entrySet()) {
            ArtifactRef ref = artifact.getValue();
            Optional<TableCounts> counts = ref.counts().filter(said -> fit(said, ref.sizeBytes()));
            if (counts.isEmpty()) {
                return UncountedNeed.of(manifest, kept, mapped);
            }
            Table table = kept.get(artifact.getKey());
            parts.add(table == null ? Part.fetched(ref, counts.get(), mapped) : Part.kept(table));
        }
        long own = parts.stream().mapToLong(Part::ownBytes).sum();
        return parts.size() == 1 ? own : own + numbering(parts) + copies(parts);
    }

    /** Whether a file of that length can hold so much; who forges a manifest makes others leave for no more than that. */
    private static boolean fit(TableCounts counts, long sizeBytes) {
        long most = sizeBytes / LEAST_ENTRY; // of names too: each has four bytes for where it ends
        return counts.items() <= most
                && counts.labels() <= most
                && counts.entries() <= most
                && counts.nameBytes() <= sizeBytes;
    }

    /**
     * One table.
     *
     * @param counts what is in its file
     * @param numbered how many items it numbers, which may be more than it has
     * @param ownBytes what it takes as it is read; nothing if it is in memory already
     * @param hasOwnNumbers whether its entries surely name items as its file does
     */
    private record Part(TableCounts counts, long numbered, long ownBytes, boolean hasOwnNumbers) {
        static Part fetched(ArtifactRef ref, TableCounts counts, boolean mapped) {
            boolean staysInFile = mapped && ref.sizeBytes() <= Integer.MAX_VALUE; // else its entries may be too many
            long read = ref.sizeBytes() - (staysInFile ? LEAST_ENTRY * counts.entries() : 0);
            long index = INDEX_BYTES * (counts.items() + counts.labels());
            return new Part(counts, counts.items(), Math.max(0, read) + index + SMALL_ARRAYS, true);
        }

        static Part kept(Table table) {
            boolean hasOwnNumbers =
                    table.form() == TableForm.PACKED || table.isMapped(); // a copy under other numbers is neither
            return new Part(table.counts(), table.itemCount(), 0, hasOwnNumbers);
        }
    }

    /** All items under one numbering, while it is filled and when it is as long as it must be, and rows for all of them. */
    private static long numbering(List<Part> parts) {
        long items = 0;
        long nameBytes = 0;
        long byItem = 0;
        for (Part part : parts) {
            items += part.counts().items();
            nameBytes += part.counts().nameBytes();
            byItem += part.counts().labels() == 0 ? 1 : 0;
        }
        return (FILLING_BYTES + NUMBERED_BYTES + ROW_BYTES * byItem) * items
                + (GROWING_BYTES + 1) * nameBytes
                + SMALL_ARRAYS;
    }

    /** Every table but the one with the most entries, which numbers all items if its entries have its own numbers still. */
    private static long copies(List<Part> parts) {
        long most =
                parts.stream().mapToLong(part -> part.counts().entries()).max().orElse(0);
        boolean onesStays =
                parts.stream().filter(part -> part.counts().entries() == most).allMatch(Part::hasOwnNumbers);
        long copied = onesStays ? -COPIED_ENTRY * most : 0;
        for (Part part : parts) {
            long rows = part.counts().labels();
            copied += COPIED_ENTRY * part.counts().entries() + Integer.BYTES * part.numbered() + ROW_BYTES * rows;
        }
        return copied;
    }
}
