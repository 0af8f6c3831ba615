package dev.recsys.pipelines.evaluate;

import dev.recsys.internal.IdPool;
import dev.recsys.pipelines.events.Events;
import dev.recsys.table.Table;
import java.util.Collection;
import java.util.stream.IntStream;

/**
 * All items that are ranked: those of the training events under their numbers, then those that only a table knows, as one
 * of content does; those of training are the numbers below that of its items. Immutable.
 */
final class KnownItems {
    private final IdPool ids; // numbered as the items are
    private final int[] ranks; // [item] its place in the order of ids

    KnownItems(Events train, Collection<Table> tables) {
        this.ids = new IdPool(train.itemCount());
        for (int item = 0; item < train.itemCount(); item++) {
            ids.add(train.itemId(item));
        }
        for (Table table : tables) {
            for (int item = 0; item < table.itemCount(); item++) {
                ids.add(table.itemId(item));
            }
        }
        this.ranks = ranks();
    }

    int size() {
        return ids.size();
    }

    String id(int item) {
        return ids.get(item);
    }

    /** Returns an item's number, or -1. */
    int indexOf(String id) {
        return ids.indexOf(id);
    }

    /** Returns an item's place in the order of ids, code point by code point, by which ties are broken. */
    int rank(int item) {
        return ranks[item];
    }

    /** Returns the number of each item of events, or -1. */
    int[] numbersOf(Events events) {
        return IntStream.range(0, events.itemCount())
                .map(item -> indexOf(events.itemId(item)))
                .toArray();
    }

    private int[] ranks() {
        int[] sorted = ids.sorted();
        int[] places = new int[sorted.length];
        for (int rank = 0; rank < sorted.length; rank++) {
            places[sorted[rank]] = rank;
        }
        return places;
    }
}
