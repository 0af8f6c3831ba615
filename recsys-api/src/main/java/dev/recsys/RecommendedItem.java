package dev.recsys;

import java.util.List;

/**
 * One recommended item.
 *
 * @param itemId the item's id, as in the events or artifacts it came from
 * @param score comparable within one answer only; finite, not negative
 * @param signals which signals put it there, by name, in alphabetical order; empty if only a rule, exploration or the need
 *     to fill the list did
 * @param rules the ids of the rules that pinned or boosted it, in their order
 * @param propensity the probability that this item got this place: 1 unless it was drawn, see
 *     {@link dev.recsys.control.Exploration}
 */
public record RecommendedItem(
        String itemId, double score, List<String> signals, List<String> rules, double propensity) {
    /** Copies the lists. */
    public RecommendedItem {
        signals = List.copyOf(signals);
        rules = List.copyOf(rules);
    }
}
