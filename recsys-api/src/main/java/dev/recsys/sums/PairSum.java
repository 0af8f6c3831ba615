package dev.recsys.sums;

/**
 * In which sessions two items are together.
 *
 * @param item the item whose id comes first by code points
 * @param neighbour the other one's id
 * @param sessions how many sessions have both as a pair, at least 1
 * @param share the sum of what the pair counts in them; their number, unless pairs are weighed
 */
public record PairSum(String item, String neighbour, long sessions, double share) {}
