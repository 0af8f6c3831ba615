package dev.recsys.micrometer;

import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.serve.SnapshotStatus;
import dev.recsys.serve.SnapshotStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** How a group of surfaces stands at one moment: of ages the worst, of memory the sum. NaN is what is not known. */
final class Standing {
    private final Map<State, Integer> counts = new EnumMap<>(State.class);
    private double release = Double.NaN;
    private double releaseAge = Double.NaN; // seconds
    private double dataAge = Double.NaN; // seconds
    private double lag = Double.NaN; // seconds
    private long heapBytes;

    /** Takes a surface into the group. */
    void add(SnapshotStatus status, Instant now) {
        counts.merge(status.state(), 1, Integer::sum);
        heapBytes += status.heapBytes();
        lag = max(lag, status.sinceVerified().map(Standing::seconds).orElse(Double.NaN));
        if (status.revision().isPresent()) {
            Revision revision = status.revision().get();
            Manifest manifest = revision.manifest();
            release = max(release, (double) revision.release());
            releaseAge = max(releaseAge, seconds(Duration.between(manifest.updatedAt(), now)));
            dataAge = max(
                    dataAge,
                    manifest.watermark()
                            .map(oldest -> seconds(Duration.between(oldest, now)))
                            .orElse(Double.NaN));
        }
    }

    int count(State state) {
        return counts.getOrDefault(state, 0);
    }

    /** Returns the number of the release; of several surfaces the largest. */
    double release() {
        return release;
    }

    double releaseAge() {
        return releaseAge;
    }

    double dataAge() {
        return dataAge;
    }

    double lag() {
        return lag;
    }

    long heapBytes() {
        return heapBytes;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** As {@link Math#max}, but what is known is more than what is not. */
    private static double max(double one, double other) {
        if (Double.isNaN(one)) {
            return other;
        }
        return Double.isNaN(other) ? one : Math.max(one, other);
    }
}
