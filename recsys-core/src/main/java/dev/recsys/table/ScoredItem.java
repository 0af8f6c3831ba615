package dev.recsys.table;

/**
 * An item with its score in one row.
 *
 * @param itemId the item's id
 * @param score finite, not negative
 */
public record ScoredItem(String itemId, float score) {}
