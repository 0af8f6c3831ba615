package dev.recsys;

import java.util.List;

/**
 * One recommended item.
 *
 * @param itemId the item's id, as in the events or artifacts it came from
 * @param score comparable within one answer only; finite, not negative
 * @param signals which signals put it there, by name, in alphabetical order; not empty
 */
public record RecommendedItem(String itemId, double score, List<String> signals) {
    /** Copies the list. */
    public RecommendedItem {
        signals = List.copyOf(signals);
    }
}
