package dev.recsys.pipelines.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an evaluation found. Figures of a ranking are means over the questions of a group, then over the groups; those of
 * lists are over all lists.
 *
 * @param groups how many groups, users or sessions, were asked about
 * @param questions how many questions were asked
 * @param targets how many items were to be found
 * @param unknownTargets how many of these training does not know; each is a miss
 * @param items how many items were ranked
 * @param values the figures by name, such as {@code recall@20}, in the order of {@link Metric}, then of the cuts; all 0
 *     without questions
 */
public record Figures(
        long groups, long questions, long targets, long unknownTargets, int items, Map<String, Double> values) {
    /** Copies the map, in its order. */
    public Figures {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Returns one figure.
     *
     * @throws IllegalArgumentException if it was not measured; the message says what was
     */
    public double value(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no figure '" + name + "'; measured were " + values.keySet());
        }
        return value;
    }
}
