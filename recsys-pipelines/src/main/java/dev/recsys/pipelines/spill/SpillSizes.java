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
    private static final int LARGEST_BLOCK = 1 << 16;

    /** Cuts so that a heap holds what is in memory at a time: blocks take a twentieth of it at most. */
    public static SpillSizes of(long heapBytes) {
        int blockBytes = (int) Math.max(1 << 12, Math.min(LARGEST_BLOCK, heapBytes / (20L * 4 * MOST_PARTITIONS)));
        return new SpillSizes(MOST_PARTITIONS, blockBytes, heapBytes);
    }

    /** Returns these sizes with another share for sessions. */
    public SpillSizes withLoadedBytes(long bytes) {
        return new SpillSizes(partitions, blockBytes, bytes);
    }
}
