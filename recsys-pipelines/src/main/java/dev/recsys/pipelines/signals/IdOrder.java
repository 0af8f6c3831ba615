package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;

/** The items in the order of their ids, so that a tie is broken by comparing two ints. */
final class IdOrder {
    private final int[] items; // [rank]
    private final int[] ranks; // [item]

    IdOrder(Events events) {
        this(events.itemsById());
    }

    /** Takes the items over in their order. */
    IdOrder(int[] items) {
        this.items = items;
        this.ranks = new int[items.length];
        for (int rank = 0; rank < items.length; rank++) {
            ranks[items[rank]] = rank;
        }
    }

    int size() {
        return items.length;
    }

    int item(int rank) {
        return items[rank];
    }

    int rank(int item) {
        return ranks[item];
    }
}
