package dev.recsys.control;

import dev.recsys.artifact.ArtifactType;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much each signal counts, after its scores were scaled to 0..1 within the request.
 *
 * @param everybody the weights where nothing else is said; 0 or absent switches a signal off
 * @param similar the weights of a request for what is like an item
 * @param bySegment the weights of a segment, which replace those of everybody as a whole
 */
public record SignalWeights(
        SortedMap<ArtifactType, Double> everybody,
        SortedMap<ArtifactType, Double> similar,
        SortedMap<String, SortedMap<ArtifactType, Double>> bySegment) {
    /** The smallest weight that is not 0. */
    public static final double MIN_WEIGHT = 1e-6;

    /** The largest weight. */
    public static final double MAX_WEIGHT = 1e6;

    /** The most signals that may have a weight. */
    public static final int MAX_SIGNALS = 20;

    /**
     * What the two signals count that every build has: co-visitation 1, popularity 0.2 to order the rest; for what is like
     * an item popularity only fills the list.
     */
    public static final SignalWeights DEFAULT = new SignalWeights(
            sorted(Map.of(ArtifactType.COOC, 1.0, ArtifactType.POPULARITY, 0.2)),
            sorted(Map.of(ArtifactType.COOC, 1.0)),
            Collections.emptySortedMap());

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if a weight is neither 0 nor from {@link #MIN_WEIGHT} to {@link #MAX_WEIGHT}, a
     *     segment is blank, or more than {@value #MAX_SIGNALS} signals have a weight; the message names it
     */
    public SignalWeights {
        everybody = checked("", everybody);
        similar = checked("similar ", similar);
        SortedMap<String, SortedMap<ArtifactType, Double>> segments = new TreeMap<>();
        bySegment.forEach((segment, weights) -> {
            if (segment.isBlank()) {
                throw new IllegalArgumentException("a segment with weights is blank; name it or leave it out");
            }
            segments.put(segment, checked("segment '" + segment + "' ", weights));
        });
        bySegment = Collections.unmodifiableSortedMap(segments);
        requireFew(everybody, similar, bySegment);
    }

    /** Returns weights that are alike for everybody. */
    public static SignalWeights of(Map<ArtifactType, Double> everybody) {
        return DEFAULT.withEverybody(everybody);
    }

    /** Returns these weights with others for everybody. */
    public SignalWeights withEverybody(Map<ArtifactType, Double> weights) {
        return new SignalWeights(sorted(weights), similar, bySegment);
    }

    /** Returns these weights with others for what is like an item. */
    public SignalWeights withSimilar(Map<ArtifactType, Double> weights) {
        return new SignalWeights(everybody, sorted(weights), bySegment);
    }

    /** Returns these weights with some of its own for a segment. */
    public SignalWeights withSegment(String segment, Map<ArtifactType, Double> weights) {
        SortedMap<String, SortedMap<ArtifactType, Double>> segments = new TreeMap<>(bySegment);
        segments.put(segment, sorted(weights));
        return new SignalWeights(everybody, similar, segments);
    }

    private static void requireFew(
            SortedMap<ArtifactType, Double> everybody,
            SortedMap<ArtifactType, Double> similar,
            SortedMap<String, SortedMap<ArtifactType, Double>> bySegment) {
        Set<ArtifactType> signals = new HashSet<>(everybody.keySet());
        signals.addAll(similar.keySet());
        bySegment.values().forEach(weights -> signals.addAll(weights.keySet()));
        if (signals.size() > MAX_SIGNALS) {
            throw new IllegalArgumentException(
                    signals.size() + " signals have a weight; at most " + MAX_SIGNALS + " may");
        }
    }

    private static SortedMap<ArtifactType, Double> sorted(Map<ArtifactType, Double> weights) {
        return new TreeMap<>(weights);
    }

    private static SortedMap<ArtifactType, Double> checked(String whose, SortedMap<ArtifactType, Double> weights) {
        TreeMap<ArtifactType, Double> copy = new TreeMap<>(weights); // by name, whatever order the caller's map has
        copy.forEach((type, weight) -> {
            if (!(weight == 0 || (weight >= MIN_WEIGHT && weight <= MAX_WEIGHT))) {
                throw new IllegalArgumentException("the " + whose + "weight of signal " + type + " is " + weight
                        + "; expected 0 or a number from " + MIN_WEIGHT + " to " + MAX_WEIGHT);
            }
        });
        copy.replaceAll((type, weight) -> weight + 0.0); // equal weights are one number: no negative zero
        return Collections.unmodifiableSortedMap(copy);
    }
}
