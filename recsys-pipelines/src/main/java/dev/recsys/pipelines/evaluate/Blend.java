package dev.recsys.pipelines.evaluate;

import dev.recsys.artifact.ArtifactType;
import java.util.Map;
import java.util.TreeMap;

/**
 * How signals become one score, as the recommender has it.
 *
 * @param weights how much each signal counts after its best eligible item was scaled to 1; 0 leaves a signal out
 * @param recencyDecay what a recent item counts against the one after it, in (0, 1]; 1 counts all alike
 * @param maxRecentItems how many of a user's recent items count, at least 1
 * @param popularityHead how many of the most popular items are blended with those of the other signals, at least 1; the
 *     rest only fill
 */
public record Blend(Map<ArtifactType, Double> weights, double recencyDecay, int maxRecentItems, int popularityHead) {
    /** What the recommender does unless it is told otherwise. */
    public static final Blend DEFAULT = new Blend(
            Map.of(
                    ArtifactType.COOC, 1.0,
                    ArtifactType.IMPLICIT, 1.0,
                    ArtifactType.SESSION_SEQ, 0.5,
                    ArtifactType.CONTENT_SIM, 0.2,
                    ArtifactType.POPULARITY, 0.2),
            0.8,
            50,
            1_000);

    private static final double MAX_WEIGHT = 1e6;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public Blend {
        weights = Map.copyOf(weights);
        new TreeMap<>(weights).forEach(Blend::requireWeight);
        if (!(recencyDecay > 0 && recencyDecay <= 1)) {
            throw new IllegalArgumentException("recencyDecay is " + recencyDecay + "; expected more than 0, at most 1");
        }
        if (maxRecentItems < 1 || popularityHead < 1) {
            throw new IllegalArgumentException("maxRecentItems is " + maxRecentItems + " and popularityHead "
                    + popularityHead + "; expected at least 1");
        }
    }

    /** Returns this blend with other weights. */
    public Blend withWeights(Map<ArtifactType, Double> other) {
        return new Blend(other, recencyDecay, maxRecentItems, popularityHead);
    }

    /** Returns this blend with another decay. */
    public Blend withRecencyDecay(double other) {
        return new Blend(weights, other, maxRecentItems, popularityHead);
    }

    /** Returns this blend with another number of recent items. */
    public Blend withMaxRecentItems(int other) {
        return new Blend(weights, recencyDecay, other, popularityHead);
    }

    double weight(ArtifactType type) {
        return weights.getOrDefault(type, 0.0);
    }

    private static void requireWeight(ArtifactType type, double weight) {
        if (!(weight >= 0 && weight <= MAX_WEIGHT)) {
            throw new IllegalArgumentException(
                    "the weight of signal " + type + " is " + weight + "; expected a number from 0 to 1000000");
        }
    }
}
