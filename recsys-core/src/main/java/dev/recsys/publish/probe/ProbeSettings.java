package dev.recsys.publish.probe;

import dev.recsys.internal.Ambient;
import java.time.Duration;

/**
 * How thoroughly to probe.
 *
 * @param rounds how many rounds of a race to write a new register and one to replace what it holds
 * @param writers how many take part
 * @param largestBlobBytes the largest blob to write and read back
 * @param listedBlobs how many blobs to list
 * @param callTimeout the longest time for one call
 * @param patience the longest time for one race, and for one swap whose outcome is not known
 * @param ambient where time and identities come from
 */
record ProbeSettings(
        int rounds,
        int writers,
        int largestBlobBytes,
        int listedBlobs,
        Duration callTimeout,
        Duration patience,
        Ambient ambient) {}
