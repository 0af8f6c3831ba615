package dev.recsys.sums;

/**
 * What events count for an item.
 *
 * @param segment whose events; the empty text stands for everybody's
 * @param item the item's id, not empty
 * @param amount the sum of the events' weights, each halved at every half-life of the event's age; not negative
 * @param events how many events these are, at least 1
 */
public record PopularitySum(String segment, String item, double amount, long events) {}
