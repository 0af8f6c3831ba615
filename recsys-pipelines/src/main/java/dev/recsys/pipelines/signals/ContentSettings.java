package dev.recsys.pipelines.signals;

import java.util.EnumMap;
import java.util.Map;

/**
 * How items are compared by what is known of them.
 *
 * @param weighting what a feature counts
 * @param bm25 the constants of BM25
 * @param fieldWeights what the features of each field count, each from 0 to 1000; 0 leaves a field out
 * @param priceStep the ratio of two prices that share nothing, more than 1, at most 1000; closer ones share the more the
 *     closer they are
 * @param maxPostings how many items of a feature are candidates, at least 1: those with the most events, equal ones by id
 * @param neighbours how many items that are alike are kept, 1 to 1000
 */
public record ContentSettings(
        ContentWeighting weighting,
        Bm25 bm25,
        Map<Field, Double> fieldWeights,
        double priceStep,
        int maxPostings,
        int neighbours) {
    /** Where features come from. */
    public enum Field {
        /** Whose an item is. */
        BRAND,
        /** The categories it is in. */
        CATEGORY,
        /** Its tags. */
        TAG,
        /** What it costs. */
        PRICE
    }

    /** BM25; brand 0.5, categories and tags 1, price 0.5; prices by steps of 1.5; 10,000 items of a feature; the best 100. */
    public static final ContentSettings DEFAULT = new ContentSettings(
            ContentWeighting.BM25,
            Bm25.DEFAULT,
            Map.of(Field.BRAND, 0.5, Field.CATEGORY, 1.0, Field.TAG, 1.0, Field.PRICE, 0.5),
            1.5,
            10_000,
            100);

    private static final String NAMES = "k1, b, brand, category, tag, price, price-step, max-postings, neighbours";

    /**
     * Copies the map, with 1 for fields that are not named, and checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range or not a number; the message names it
     */
    public ContentSettings {
        Map<Field, Double> weights = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            weights.put(field, fieldWeights.getOrDefault(field, 1.0));
            Params.requireRange("the weight of " + field, fieldWeights.getOrDefault(field, 1.0), 0, 1_000);
        }
        fieldWeights = Map.copyOf(weights);
        Params.requirePositive("price-step - 1", priceStep - 1, 999);
        Params.requireRange("max-postings", maxPostings, 1, Integer.MAX_VALUE);
        Params.requireRange("neighbours", neighbours, 1, 1_000);
    }

    /** Returns these settings with another weighting. */
    public ContentSettings withWeighting(ContentWeighting newWeighting) {
        return new ContentSettings(newWeighting, bm25, fieldWeights, priceStep, maxPostings, neighbours);
    }

    /**
     * Returns these settings with one constant set by its name: {@code k1, b, brand, category, tag, price, price-step,
     * max-postings, neighbours}.
     *
     * @throws IllegalArgumentException if there is no such constant, or the value is out of its range
     */
    public ContentSettings with(String name, double value) {
        return switch (name) {
            case "k1" -> withBm25(new Bm25(value, bm25.b()));
            case "b" -> withBm25(new Bm25(bm25.k1(), value));
            case "brand" -> withWeight(Field.BRAND, value);
            case "category" -> withWeight(Field.CATEGORY, value);
            case "tag" -> withWeight(Field.TAG, value);
            case "price" -> withWeight(Field.PRICE, value);
            case "price-step" -> new ContentSettings(weighting, bm25, fieldWeights, value, maxPostings, neighbours);
            case "max-postings" ->
                new ContentSettings(weighting, bm25, fieldWeights, priceStep, Params.whole(name, value), neighbours);
            case "neighbours" ->
                new ContentSettings(weighting, bm25, fieldWeights, priceStep, maxPostings, Params.whole(name, value));
            default -> throw Params.unknown(name, NAMES);
        };
    }

    /** Returns what the features of a field count. */
    double weightOf(Field field) {
        return fieldWeights.getOrDefault(field, 1.0);
    }

    private ContentSettings withBm25(Bm25 constants) {
        return new ContentSettings(weighting, constants, fieldWeights, priceStep, maxPostings, neighbours);
    }

    private ContentSettings withWeight(Field field, double value) {
        Map<Field, Double> weights = new EnumMap<>(fieldWeights);
        weights.put(field, value);
        return new ContentSettings(weighting, bm25, weights, priceStep, maxPostings, neighbours);
    }
}
