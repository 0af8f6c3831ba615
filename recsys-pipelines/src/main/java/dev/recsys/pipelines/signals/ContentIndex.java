package dev.recsys.pipelines.signals;

import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.signals.ContentSettings.Field;
import dev.recsys.pipelines.signals.Features.Feature;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The vectors of items over their features, each of length 1, by item and turned over by feature: 24 bytes a feature of an
 * item. Features are numbered by field and name, items as they come.
 */
final class ContentIndex {
    private final ContentSettings settings;
    private final Features extraction;
    private final Map<Field, Map<String, Integer>> numbers; // [field, name] feature
    private final int[] itemEnds; // [item] exclusive end in positions
    private final int[] features; // [position] in the order of the item's features
    private final double[] weights; // [position]
    private final int[] postingEnds; // [feature] exclusive end in entries
    private final int[] postingItems; // [entry] ascending within a feature
    private final double[] postingWeights; // [entry]

    ContentIndex(ContentSettings settings, List<ItemAttributes> items) {
        this.settings = settings;
        this.extraction = new Features(settings);
        this.numbers = numbers(items);
        this.itemEnds = new int[items.size()];
        this.postingEnds = new int[numbers.values().stream().mapToInt(Map::size).sum()];
        int count = count(items);
        this.features = new int[count];
        this.weights = new double[count];
        weigh(items);
        this.postingItems = new int[count];
        this.postingWeights = new double[count];
        turnOver();
    }

    private Map<Field, Map<String, Integer>> numbers(List<ItemAttributes> items) {
        Map<Field, Map<String, Integer>> named = new EnumMap<>(Field.class);
        for (ItemAttributes item : items) {
            for (Feature feature : extraction.of(item)) {
                named.computeIfAbsent(feature.field(), field -> new TreeMap<>()).put(feature.name(), 0);
            }
        }
        int[] next = new int[1];
        named.values().forEach(names -> names.replaceAll((name, zero) -> next[0]++));
        return named;
    }

    private int number(Feature feature) {
        return numbers.getOrDefault(feature.field(), Map.of()).getOrDefault(feature.name(), -1);
    }

    /** Counts features by item, and items by feature. */
    private int count(List<ItemAttributes> items) {
        int count = 0;
        for (int item = 0; item < itemEnds.length; item++) {
            for (Feature feature : extraction.of(items.get(item))) {
                postingEnds[number(feature)]++;
                count = Math.addExact(count, 1);
            }
            itemEnds[item] = count;
        }
        return count;
    }

    /** Postings are counted, and do not yet say where they end. */
    private void weigh(List<ItemAttributes> items) {
        FieldLengths lengths = new FieldLengths(extraction, items);
        int position = 0;
        for (int item = 0; item < itemEnds.length; item++) {
            List<Feature> itemFeatures = extraction.of(items.get(item));
            int start = position;
            double squares = 0;
            for (Feature feature : itemFeatures) {
                features[position] = number(feature);
                double having = postingEnds[features[position]];
                double relativeLength = lengths.relative(feature.field(), itemFeatures);
                weights[position] = weight(feature, itemEnds.length, having, relativeLength);
                squares += weights[position] * weights[position];
                position++;
            }
            double length = Math.sqrt(squares);
            for (int i = start; i < position; i++) {
                weights[i] /= length;
            }
        }
    }

    private double weight(Feature feature, double all, double having, double relativeLength) {
        double x = settings.weightOf(feature.field()) * feature.degree();
        if (settings.weighting() == ContentWeighting.TFIDF) {
            return x * StrictMath.log(1 + all / having);
        }
        double b = settings.bm25().b();
        double k1 = settings.bm25().k1();
        double normed = x / (1 - b + b * relativeLength);
        return StrictMath.log(1 + (all - having + 0.5) / (having + 0.5)) * normed * (k1 + 1) / (k1 + normed);
    }

    private void turnOver() {
        Grouping.startsOf(postingEnds);
        int position = 0;
        for (int item = 0; item < itemEnds.length; item++) {
            for (; position < itemEnds[item]; position++) {
                int entry = postingEnds[features[position]]++;
                postingItems[entry] = item;
                postingWeights[entry] = weights[position];
            }
        }
    }

    int itemCount() {
        return itemEnds.length;
    }

    int start(int item) {
        return item == 0 ? 0 : itemEnds[item - 1];
    }

    int end(int item) {
        return itemEnds[item];
    }

    int feature(int position) {
        return features[position];
    }

    double weight(int position) {
        return weights[position];
    }

    int postingStart(int feature) {
        return feature == 0 ? 0 : postingEnds[feature - 1];
    }

    int postingEnd(int feature) {
        return postingEnds[feature];
    }

    /** Returns the item of an entry of a feature. */
    int postingItem(int entry) {
        return postingItems[entry];
    }

    /** Returns what the feature counts in the vector of an entry's item. */
    double postingWeight(int entry) {
        return postingWeights[entry];
    }
}
