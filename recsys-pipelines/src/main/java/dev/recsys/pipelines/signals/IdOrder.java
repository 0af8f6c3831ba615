package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The items in the order of their ids, so that a tie is broken by comparing two ints. */
final class IdOrder {
    private final int[] items; // [rank]
    private final int[] ranks; // [item]

    IdOrder(Events events) {
        this(events.itemCount(), events::compareItemIds);
    }

    IdOrder(int count, Comparator<Integer> byId) {
        Integer[] sorted = IntStream.range(0, count).boxed().toArray(Integer[]::new);
        Arrays.sort(sorted, byId);
        this.items = new int[sorted.length];
        this.ranks = new int[sorted.length];
        for (int rank = 0; rank < sorted.length; rank++) {
            items[rank] = sorted[rank];
            ranks[sorted[rank]] = rank;
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
