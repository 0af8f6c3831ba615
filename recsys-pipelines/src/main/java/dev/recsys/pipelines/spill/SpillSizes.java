package dev.recsys.pipelines.spill;

/**
 * How a build through files is cut; changes no byte of the build.
 *
 * @param partitions into how many parts events are put, of which one is in memory at a time; at least 1
 * @param blockBytes what of each part waits in memory until it is written; at least 1
 * @param loadedBytes what is loaded of sessions at a time
 */
public record SpillSizes(int partitions, int blockBytes, long loadedBytes) {
    private static final int MOST_PARTITIONS = 256;
    private static final int LEAST_PARTITIONS = 16;
    private static final int LARGEST_BLOCK = 1 << 16;
    private static final int SMALLEST_BLOCK = 1 << 12;
    private static final int FILES = 4;
    private static final int SHARE_OF_HEAP = 20;

    /**
     * Cuts so that a heap holds what is in memory at a time: blocks take a twentieth of it, or 256 KiB, and there are fewer
     * parts in a small one.
     */
    public static SpillSizes of(long heapBytes) {
        long room = heapBytes / SHARE_OF_HEAP / FILES;
        int partitions = (int) Math.max(LEAST_PARTITIONS, Math.min(MOST_PARTITIONS, room / SMALLEST_BLOCK));
        int blockBytes = (int) Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, room / partitions));
        return new SpillSizes(partitions, blockBytes, heapBytes);
    }

    /** Returns these sizes with another share for sessions. */
    public SpillSizes withLoadedBytes(long bytes) {
        return new SpillSizes(partitions, blockBytes, bytes);
    }
}
