package dev.recsys.sums;

/**
 * In which sessions an item is.
 *
 * @param item the item's id, not empty
 * @param share the sum of what these sessions count; their number, unless sessions are weighed by age
 */
public record ItemSum(String item, double share) {}
