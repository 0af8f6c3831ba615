package dev.recsys.postgres;

import java.time.Instant;
import java.util.Comparator;

/**
 * What a user did with an item.
 *
 * @param item with which item
 * @param type what, such as {@code click}
 * @param at when
 * @param number of the outcome in this process's queue; 0 if it does not wait there
 */
record Interaction(String item, String type, Instant at, long number) {
    /** Newest first; what is of the same time by item, then by type. */
    static final Comparator<Interaction> NEWEST_FIRST = Comparator.comparing(Interaction::at)
            .reversed()
            .thenComparing(Interaction::item)
            .thenComparing(Interaction::type);

    boolean isSameThingAs(Interaction other) {
        return item.equals(other.item) && type.equals(other.type);
    }
}
