package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Events;
import dev.recsys.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All items that are ranked: those of the training events under their numbers, then those that only a table knows, as one
 * of content does; those of training are the numbers below that of its items. Immutable.
 */
final class KnownItems {
    private final List<String> ids = new ArrayList<>(); // [item]
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[] ranks; // [item] its place in the order of ids

    KnownItems(Events train, Collection<Table> tables) {
        for (int item = 0; item < train.itemCount(); item++) {
            add(train.itemId(item));
        }
        for (Table table : tables) {
            for (int item = 0; item < table.itemCount(); item++) {
                add(table.itemId(item));
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
        return numbers.getOrDefault(id, -1);
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

    private void add(String id) {
        if (numbers.putIfAbsent(id, ids.size()) == null) {
            ids.add(id);
        }
    }

    private int[] ranks() {
        byte[][] texts =
                ids.stream().map(id -> id.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        Integer[] sorted = IntStream.range(0, texts.length).boxed().toArray(Integer[]::new);
        Arrays.sort(sorted, (left, right) -> Arrays.compareUnsigned(texts[left], texts[right]));
        int[] places = new int[texts.length];
        for (int rank = 0; rank < sorted.length; rank++) {
            places[sorted[rank]] = rank;
        }
        return places;
    }
}
