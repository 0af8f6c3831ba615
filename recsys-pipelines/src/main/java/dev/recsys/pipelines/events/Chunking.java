package dev.recsys.pipelines.events;

/**
 * How files are cut and parsed.
 *
 * @param threads how many threads parse; one is the caller's
 * @param chunkBytes how long a chunk is, but for small files, so that these are several chunks as well
 */
record Chunking(int threads, int chunkBytes) {
    private static final int LARGEST_BYTES = 1 << 21; // fewer ids of a chunk are looked up twice than in smaller ones
    private static final int SMALLEST_BYTES = 1 << 16;
    private static final int CHUNKS_OF_A_FILE = 16;
    private static final int WAITING_OF_A_THREAD = 2;
    private static final int MEMORY_OF_A_BYTE = 8; // of lines of 30 bytes whose users and sessions are all different
    private static final int SHARE_OF_HEAP = 8;

    /**
     * Returns chunks of which those in memory take no more than about an eighth of the heap; no more threads parse than there is
     * room for.
     */
    static Chunking of(int threads, long heapBytes) {
        long room = heapBytes / SHARE_OF_HEAP / MEMORY_OF_A_BYTE;
        int fitting = (int) Math.max(1, Math.min(threads, room / SMALLEST_BYTES / WAITING_OF_A_THREAD));
        long chunk = room / waiting(fitting);
        return new Chunking(fitting, (int) Math.max(SMALLEST_BYTES, Math.min(LARGEST_BYTES, chunk)));
    }

    /** Returns how many chunks are in memory at most. */
    int maxWaiting() {
        return waiting(threads);
    }

    /** Returns how long the chunks of a file are; an empty one may have grown since. */
    int chunkBytes(long fileBytes) {
        long share = fileBytes == 0 ? chunkBytes : Math.max(SMALLEST_BYTES, fileBytes / CHUNKS_OF_A_FILE);
        return (int) Math.min(chunkBytes, share);
    }

    private static int waiting(int threads) {
        return threads == 1 ? 1 : WAITING_OF_A_THREAD * threads;
    }
}
