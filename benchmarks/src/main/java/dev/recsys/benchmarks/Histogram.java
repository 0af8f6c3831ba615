package dev.recsys.benchmarks;

/**
 * Counts durations by their size, to within a hundredth of each, in memory that does not grow: percentiles of any number of
 * requests, without one being kept. Steps as in HdrHistogram: 128 in each power of two. One thread records.
 */
final class Histogram {
    private static final int STEP_BITS = 7;
    private static final int STEPS = 1 << STEP_BITS;

    private final int[] counts = new int[(64 - STEP_BITS) * STEPS]; // [power of two][step]
    private long count;
    private double sumNanos;
    private long mostNanos;

    /** Counts one; less than nothing counts as nothing. */
    void record(long nanos) {
        long known = Math.max(0, nanos);
        counts[place(known)]++;
        count++;
        sumNanos += known;
        mostNanos = Math.max(mostNanos, known);
    }

    /** Counts all that another one has counted. */
    void add(Histogram other) {
        for (int place = 0; place < counts.length; place++) {
            counts[place] += other.counts[place];
        }
        count += other.count;
        sumNanos += other.sumNanos;
        mostNanos = Math.max(mostNanos, other.mostNanos);
    }

    long count() {
        return count;
    }

    double meanMicros() {
        return sumNanos / Math.max(1, count) / 1e3;
    }

    double mostMicros() {
        return mostNanos / 1e3;
    }

    /** Returns what this share of the durations does not exceed, rounded up to the next step. */
    double micros(double share) {
        long wanted = (long) Math.ceil(share * count);
        long seen = 0;
        for (int place = 0; place < counts.length; place++) {
            seen += counts[place];
            if (seen >= wanted && seen > 0) {
                return Math.min(end(place), mostNanos) / 1e3;
            }
        }
        return 0;
    }

    private static int place(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(nanos | (STEPS - 1)); // below one step a nanosecond each is exact
        int shift = Math.max(0, power - STEP_BITS);
        int above = nanos < STEPS ? 0 : shift + 1;
        return (above << STEP_BITS) + (int) (nanos >>> shift) - (above == 0 ? 0 : STEPS);
    }

    private static long end(int place) {
        int above = place >>> STEP_BITS;
        int step = place & (STEPS - 1);
        return above == 0 ? step : (((long) STEPS + step + 1) << (above - 1)) - 1;
    }
}
