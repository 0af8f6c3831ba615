package dev.recsys.preview;

/**
 * What a preview may show for a build to be shipped.
 *
 * @param minRequests the fewest replayed requests that allow a judgement, at least 1; with fewer the answer is no
 * @param maxEmptyRise by how much the share of empty lists may rise against the current release, 0 to 1
 * @param minOverlap the least mean overlap with the lists of the current release, 0 to 1
 */
public record PreviewLimits(long minRequests, double maxEmptyRise, double minOverlap) {
    /**
     * 100 requests, not one more empty list, and a mean overlap of 0.6: more than half of each list stays. A release that lacks
     * half of its items at random keeps about half of each list, or less; a window that goes on by a week keeps far more.
     */
    public static final PreviewLimits DEFAULT = new PreviewLimits(100, 0, 0.6);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public PreviewLimits {
        if (minRequests < 1) {
            throw new IllegalArgumentException("minRequests is " + minRequests + "; expected at least 1");
        }
        requireShare("maxEmptyRise", maxEmptyRise);
        requireShare("minOverlap", minOverlap);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; expected 0 to 1");
        }
    }
}
