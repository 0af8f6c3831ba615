package dev.recsys.publish;

/**
 * What the gates allow.
 *
 * @param maxShrink the largest share of covered items that an artifact may lose against the current one, 0 to 1
 * @param maxArtifactBytes the largest artifact
 */
public record GateLimits(double maxShrink, long maxArtifactBytes) {
    /** Half of the items may go; an artifact may have 2 GiB. */
    public static final GateLimits DEFAULT = new GateLimits(0.5, 2L << 30);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if {@code maxShrink} is not 0 to 1 or {@code maxArtifactBytes} not positive
     */
    public GateLimits {
        if (!(maxShrink >= 0 && maxShrink <= 1)) {
            throw new IllegalArgumentException("maxShrink is " + maxShrink + "; expected 0 to 1");
        }
        if (maxArtifactBytes < 1) {
            throw new IllegalArgumentException("maxArtifactBytes is " + maxArtifactBytes + "; expected at least 1");
        }
    }
}
