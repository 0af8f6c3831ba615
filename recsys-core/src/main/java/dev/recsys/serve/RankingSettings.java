package dev.recsys.serve;

import dev.recsys.artifact.ArtifactType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How signals become one list.
 *
 * @param weights how much each signal counts after it was scaled to 0..1 within the request; 0 switches a signal off
 * @param recencyDecay what a recent item counts against the one after it, in (0, 1]; 1 counts all alike
 * @param maxRecentItems how many of a user's recent items count, 1 to 1000
 * @param popularityHead how many of the most popular items are blended with those of the other signals, 1 to 100000;
 *     more are taken only to fill a list
 */
public record RankingSettings(
        Map<ArtifactType, Double> weights, double recencyDecay, int maxRecentItems, int popularityHead) {
    private static final Set<ArtifactType> SERVED = Set.of(ArtifactType.COOC, ArtifactType.POPULARITY);

    /** Co-visitation first, popularity to order the rest; a step back counts 0.8 (Ludewig and Jannach 2018, section 3.2.2). */
    public static final RankingSettings DEFAULT =
            new RankingSettings(Map.of(ArtifactType.COOC, 1.0, ArtifactType.POPULARITY, 0.2), 0.8, 50, 1_000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number, or a signal is not one that is
     *     served; the message names it
     */
    public RankingSettings {
        weights = Map.copyOf(weights);
        new TreeMap<>(weights).forEach(RankingSettings::requireWeight);
        if (!(recencyDecay > 0 && recencyDecay <= 1)) {
            throw new IllegalArgumentException("recencyDecay is " + recencyDecay + "; expected more than 0, at most 1");
        }
        requireRange("maxRecentItems", maxRecentItems, 1_000);
        requireRange("popularityHead", popularityHead, 100_000);
    }

    /** Returns these settings with other weights. */
    public RankingSettings withWeights(Map<ArtifactType, Double> other) {
        return new RankingSettings(other, recencyDecay, maxRecentItems, popularityHead);
    }

    /** Returns these settings with another decay. */
    public RankingSettings withRecencyDecay(double other) {
        return new RankingSettings(weights, other, maxRecentItems, popularityHead);
    }

    float weight(ArtifactType type) {
        return weights.getOrDefault(type, 0.0).floatValue();
    }

    private static void requireWeight(ArtifactType type, double weight) {
        if (!SERVED.contains(type)) {
            throw new IllegalArgumentException(
                    "there is a weight for signal " + type + "; served are cooc and popularity");
        }
        if (!(weight >= 0 && weight <= 1e6)) {
            throw new IllegalArgumentException(
                    "the weight of signal " + type + " is " + weight + "; expected a number from 0 to 1000000");
        }
    }

    private static void requireRange(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + " is " + value + "; expected 1 to " + most);
        }
    }
}
