package dev.recsys.pipelines.signals;

import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.signals.ContentSettings.Field;
import dev.recsys.pipelines.signals.Features.Feature;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many features of a field items have on average, those counted that have one; a price is one feature. */
final class FieldLengths {
    private final Map<Field, Double> means = new EnumMap<>(Field.class);

    FieldLengths(Features extraction, List<ItemAttributes> items) {
        Map<Field, Double> sums = new EnumMap<>(Field.class);
        Map<Field, Integer> having = new EnumMap<>(Field.class);
        for (ItemAttributes item : items) {
            List<Feature> features = extraction.of(item);
            for (Field field : Field.values()) {
                double length = length(field, features);
                sums.merge(field, length, Double::sum);
                having.merge(field, length > 0 ? 1 : 0, Integer::sum);
            }
        }
        sums.forEach((field, sum) -> means.put(field, sum / Math.max(1, having.getOrDefault(field, 1))));
    }

    /** Returns an item's length of a field against the mean. */
    double relative(Field field, List<Feature> features) {
        return length(field, features) / means.getOrDefault(field, 1.0);
    }

    private static double length(Field field, List<Feature> features) {
        double length = 0;
        for (Feature feature : features) {
            length += feature.field() == field ? feature.degree() : 0;
        }
        return length;
    }
}
