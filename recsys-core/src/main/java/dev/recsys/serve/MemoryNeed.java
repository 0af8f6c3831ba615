package dev.recsys.serve;

import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.Manifest;

/**
 * What a release will take of the heap, told from its manifest before a byte of it is fetched.
 *
 * <p>On the heap, the figure is never less than {@link Snapshot#heapBytes()} will be, whatever the tables hold. Of one table
 * it is at most 3 times as much, of two or three at most 8 times, and some KiB. It is that wide because a manifest tells
 * neither how many of the bytes are names, which cost more than they take in the file, nor whether the tables number the
 * same items alike: all bytes count as the worst that they can be. Once a release is loaded, its real size counts.
 *
 * <p>Mapped, it is a bound for tables whose names have at most 64 bytes on average, and in which at least every fourth
 * item has a row: other tables may need as much as on the heap.
 */
final class MemoryNeed {
    private static final int HEADER_BYTES = 320;
    private static final int LEAST_BYTES_OF_ITEM = 5; // in the file: where the name ends, and one byte of it
    private static final int LEAST_BYTES_WITH_ROW =
            12; // where the name ends, row start, row length; a label may be empty
    private static final int INDEX_BYTES = 16; // of a name, at most: four slots
    private static final int ROW_BYTES = 12; // start, length and scale
    private static final int NAME_BYTES = 64; // assumed when mapped
    private static final int ITEMS_FOR_ROW = 4; // assumed when mapped
    private static final long SMALL_ARRAYS = 512; // indexes have at least 16 slots, however few the names

    private MemoryNeed() {}

    static long of(Manifest manifest, boolean mapped) {
        long onHeap = 0;
        long others = 0;
        long names = 0;
        long largest = 0;
        boolean canBeMapped = mapped;
        for (ArtifactRef ref : manifest.artifacts().values()) {
            long most = mostNames(ref);
            onHeap += ref.sizeBytes() + INDEX_BYTES * most + SMALL_ARRAYS;
            names += most;
            largest = Math.max(largest, ref.sizeBytes());
            others += ref.sizeBytes();
            canBeMapped &= ref.sizeBytes() <= Integer.MAX_VALUE;
        }
        others -= largest;
        int tables = manifest.artifacts().size();
        if (tables > 1) {
            // a numbering of all items, and every table under it: entries that were packed take twice as much
            onHeap += others + largest + (INDEX_BYTES + (long) ROW_BYTES * tables) * names;
        }
        return canBeMapped ? Math.min(onHeap, mapped(manifest, others)) : onHeap;
    }

    /** The entries of the largest table stay in the file; the others' are copied, for they may be numbered otherwise. */
    private static long mapped(Manifest manifest, long others) {
        long names = 0;
        for (ArtifactRef ref : manifest.artifacts().values()) {
            names += Math.min(mostNames(ref), ITEMS_FOR_ROW * ref.rows() + 256);
        }
        int tables = manifest.artifacts().size();
        long twice = tables > 1 ? 2 : 1; // as the tables number them, and all together
        return names * (twice * (NAME_BYTES + Integer.BYTES + INDEX_BYTES) + (long) ROW_BYTES * tables)
                + 2 * others
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
