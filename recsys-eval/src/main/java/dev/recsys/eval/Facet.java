package dev.recsys.eval;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Something by which lists or items are grouped, such as the surface {@code home}. In order: by dimension, then numbers by
 * their size, then texts.
 *
 * @param dimension by what, such as {@code surface}
 * @param value which one, such as {@code home}
 */
public record Facet(String dimension, String value) implements Comparable<Facet> {
    /** What every list has. */
    public static final Facet ALL = new Facet("all", "all");

    /** The dimension of places in a list, from 1, which every item has. */
    public static final String POSITION = "position";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Comparator<Facet> ORDER = Comparator.comparing(Facet::dimension)
            .thenComparingLong(Facet::number)
            .thenComparing(Facet::value);

    static Facet position(int index) {
        return new Facet(POSITION, String.valueOf(index + 1));
    }

    private long number() {
        return NUMBER.matcher(value).matches() ? Long.parseLong(value) : Long.MAX_VALUE;
    }

    @Override
    public int compareTo(Facet other) {
        return ORDER.compare(this, other);
    }
}
