package dev.recsys.cli.page;

/**
 * What an axis has.
 *
 * @param label what its figures say
 * @param unit what they are
 */
public record Axis(String label, Unit unit) {}
