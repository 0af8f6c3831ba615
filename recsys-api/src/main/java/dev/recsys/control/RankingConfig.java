package dev.recsys.control;

import dev.recsys.RecommendationRequest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How signals become one list. Immutable; start from {@link #DEFAULT}.
 *
 * @param k how many items an answer has when the request does not say, 1 to 1000
 * @param weights how much each signal counts
 * @param recencyDecay what a recent item counts against the one after it, in (0, 1]; 1 counts all alike
 * @param maxRecentItems how many of a user's recent items count, 1 to 1000
 * @param popularityHead how many of the most popular items are blended with those of the other signals, 1 to 100000;
 *     more are taken only to fill a list
 * @param caps how many items of one brand, category or tag a list may hold; one cap an attribute, in the order of the
 *     attributes, whatever order they were given in
 * @param diversity how much items of a list shall differ
 * @param exploration which places are for items that nobody knows yet
 * @param experiment which other ways are compared with this one, each for a part of the users
 */
public record RankingConfig(
        int k,
        SignalWeights weights,
        double recencyDecay,
        int maxRecentItems,
        int popularityHead,
        List<Cap> caps,
        Diversity diversity,
        Exploration exploration,
        Optional<Experiment> experiment) {
    /** Co-visitation first, popularity to order the rest; a step back counts 0.8 (Ludewig and Jannach 2018, section 3.2.2). */
    public static final RankingConfig DEFAULT = new RankingConfig(
            RecommendationRequest.DEFAULT_K,
            SignalWeights.DEFAULT,
            0.8,
            50,
            1_000,
            List.of(),
            Diversity.NONE,
            Exploration.NONE,
            Optional.empty());

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number, or an attribute has two caps; the
     *     message names it
     */
    public RankingConfig {
        caps = caps.stream().sorted(Comparator.comparing(Cap::attribute)).toList();
        requireRange("k", k, RecommendationRequest.MAX_K);
        if (!(recencyDecay > 0 && recencyDecay <= 1)) {
            throw new IllegalArgumentException(
                    "recency_decay is " + recencyDecay + "; expected more than 0, at most 1");
        }
        requireRange("max_recent_items", maxRecentItems, 1_000);
        requireRange("popularity_head", popularityHead, 100_000);
        Set<ItemAttribute> capped = new HashSet<>();
        for (Cap cap : caps) {
            if (!capped.add(cap.attribute())) {
                throw new IllegalArgumentException(
                        "caps has two for " + cap.attribute().publicName() + "; expected one an attribute");
            }
        }
    }

    /** Returns this configuration with another number of items. */
    public RankingConfig withK(int other) {
        return new RankingConfig(
                other, weights, recencyDecay, maxRecentItems, popularityHead, caps, diversity, exploration, experiment);
    }

    /** Returns this configuration with other weights. */
    public RankingConfig withWeights(SignalWeights other) {
        return new RankingConfig(
                k, other, recencyDecay, maxRecentItems, popularityHead, caps, diversity, exploration, experiment);
    }

    /** Returns this configuration with another decay. */
    public RankingConfig withRecencyDecay(double other) {
        return new RankingConfig(
                k, weights, other, maxRecentItems, popularityHead, caps, diversity, exploration, experiment);
    }

    /** Returns this configuration with another number of recent items that count. */
    public RankingConfig withMaxRecentItems(int other) {
        return new RankingConfig(
                k, weights, recencyDecay, other, popularityHead, caps, diversity, exploration, experiment);
    }

    /** Returns this configuration with another number of popular items that are blended. */
    public RankingConfig withPopularityHead(int other) {
        return new RankingConfig(
                k, weights, recencyDecay, maxRecentItems, other, caps, diversity, exploration, experiment);
    }

    /** Returns this configuration with exactly these caps. */
    public RankingConfig withCaps(List<Cap> other) {
        return new RankingConfig(
                k, weights, recencyDecay, maxRecentItems, popularityHead, other, diversity, exploration, experiment);
    }

    /** Returns this configuration with another diversity. */
    public RankingConfig withDiversity(Diversity other) {
        return new RankingConfig(
                k, weights, recencyDecay, maxRecentItems, popularityHead, caps, other, exploration, experiment);
    }

    /** Returns this configuration with another exploration. */
    public RankingConfig withExploration(Exploration other) {
        return new RankingConfig(
                k, weights, recencyDecay, maxRecentItems, popularityHead, caps, diversity, other, experiment);
    }

    /** Returns this configuration with an experiment. */
    public RankingConfig withExperiment(Experiment own) {
        return withExperiment(Optional.of(own));
    }

    /** Returns this configuration without an experiment. */
    public RankingConfig withoutExperiment() {
        return withExperiment(Optional.empty());
    }

    private RankingConfig withExperiment(Optional<Experiment> own) {
        return new RankingConfig(
                k, weights, recencyDecay, maxRecentItems, popularityHead, caps, diversity, exploration, own);
    }

    private static void requireRange(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + " is " + value + "; expected 1 to " + most);
        }
    }
}
