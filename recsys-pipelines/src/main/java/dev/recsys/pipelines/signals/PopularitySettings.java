package dev.recsys.pipelines.signals;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How popularity is computed.
 *
 * @param weights what an event of a type counts, from 0 to 1,000,000; a type that is not named, and an event without a
 *     type, count 1; 0 leaves the type out of every signal
 * @param halfLife the age at which an event counts half, more than 0
 * @param asOf the time from which ages are counted; later events have age 0; empty takes the newest event's
 * @param segmentItems how many items of a segment are kept, 1 to 100,000; the list for everybody is whole
 * @param trend ranks by what is on the rise, in place of what is wanted most; empty by default
 */
public record PopularitySettings(
        Map<String, Double> weights,
        Duration halfLife,
        Optional<Instant> asOf,
        int segmentItems,
        Optional<Trend> trend) {
    /** View 1, click 2, add_to_cart 3, purchase 5; 30 days; the best 1,000 of a segment. */
    public static final PopularitySettings DEFAULT = new PopularitySettings(
            Map.of("view", 1.0, "click", 2.0, "add_to_cart", 3.0, "purchase", 5.0),
            Duration.ofDays(30),
            Optional.empty(),
            1_000,
            Optional.empty());

    private static final double MAX_WEIGHT = 1e6;
    private static final int MAX_SEGMENT_ITEMS = 100_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public PopularitySettings {
        new TreeMap<>(weights).forEach(PopularitySettings::requireWeight);
        weights = Map.copyOf(weights);
        if (halfLife.isNegative() || halfLife.toMillis() == 0) {
            throw new IllegalArgumentException("half-life is " + halfLife + "; expected at least a millisecond");
        }
        if (segmentItems < 1 || segmentItems > MAX_SEGMENT_ITEMS) {
            throw new IllegalArgumentException(
                    "segmentItems is " + segmentItems + "; expected 1 to " + MAX_SEGMENT_ITEMS);
        }
    }

    /** Returns these settings with some weights set anew; the others stay. */
    public PopularitySettings withWeights(Map<String, Double> changed) {
        Map<String, Double> merged = new TreeMap<>(weights);
        merged.putAll(changed);
        return new PopularitySettings(merged, halfLife, asOf, segmentItems, trend);
    }

    /** Returns these settings with another half-life. */
    public PopularitySettings withHalfLife(Duration newHalfLife) {
        return new PopularitySettings(weights, newHalfLife, asOf, segmentItems, trend);
    }

    /** Returns these settings with a time from which ages are counted. */
    public PopularitySettings withAsOf(Instant newAsOf) {
        return new PopularitySettings(weights, halfLife, Optional.of(newAsOf), segmentItems, trend);
    }

    /** Returns these settings by what is on the rise. */
    public PopularitySettings withTrend(Trend newTrend) {
        return new PopularitySettings(weights, halfLife, asOf, segmentItems, Optional.of(newTrend));
    }

    /**
     * Returns these settings with one constant set by its name: {@code half-life-days, segment-items}; {@code trend-days,
     * trend-windows, trend-smoothing}, each of which ranks by what is on the rise, with the constants of {@link
     * Trend#WEEKLY} where they are not set.
     *
     * @throws IllegalArgumentException if there is no such constant, or the value is out of its range
     */
    public PopularitySettings with(String name, double value) {
        Trend old = trend.orElse(Trend.WEEKLY);
        return switch (name) {
            case "half-life-days" -> withHalfLife(Params.days(name, value));
            case "segment-items" -> new PopularitySettings(weights, halfLife, asOf, Params.whole(name, value), trend);
            case "trend-days" -> withTrend(new Trend(Params.days(name, value), old.windowsBefore(), old.smoothing()));
            case "trend-windows" -> withTrend(new Trend(old.window(), Params.whole(name, value), old.smoothing()));
            case "trend-smoothing" -> withTrend(new Trend(old.window(), old.windowsBefore(), value));
            default ->
                throw Params.unknown(name, "half-life-days, segment-items, trend-days, trend-windows, trend-smoothing");
        };
    }

    /** Returns the types that count nothing. */
    public Set<String> ignoredTypes() {
        return weights.entrySet().stream()
                .filter(entry -> entry.getValue() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void requireWeight(String type, double weight) {
        if (!(weight >= 0 && weight <= MAX_WEIGHT)) {
            throw new IllegalArgumentException("the weight of event type '" + type + "' is " + weight
                    + "; expected a number from 0 to " + MAX_WEIGHT);
        }
    }
}
