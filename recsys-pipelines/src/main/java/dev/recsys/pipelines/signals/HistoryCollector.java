package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Groups events by user and keeps the last different items of each. */
final class HistoryCollector {
    private final Events events;
    private final int lastItems;
    private final Grouping order; // events by user, within a user by time

    private final int[] seenBy; // [item] the last history that has it, + 1
    private final int[] eventsOf; // [item] of the history at hand
    private final int[] items; // [position]
    private final char[] counts; // [position]
    private final int[] ends; // [history]
    private final long[] firstMillis; // [history]
    private int positions;
    private int histories;

    HistoryCollector(Events events, int lastItems) {
        if (lastItems < 1) {
            throw new IllegalArgumentException(
                    "the number of a user's items is " + lastItems + "; expected at least 1");
        }
        this.events = events;
        this.lastItems = lastItems;
        this.order = new Grouping(events.size(), events.userNumbers(), events::userOf);
        this.seenBy = new int[events.itemCount()];
        this.eventsOf = new int[events.itemCount()];
        this.items = new int[order.size()];
        this.counts = new char[order.size()];
        this.ends = new int[order.keys()];
        this.firstMillis = new long[order.keys()];
    }

    Baskets collect() {
        for (int user = 0; user < order.keys(); user++) {
            if (order.end(user) > order.start(user)) {
                add(order.start(user), order.end(user));
            }
        }
        return inOrderOfItems();
    }

    private void add(int start, int end) {
        int first = positions;
        for (int i = end - 1; i >= start; i--) {
            int item = events.itemOf(order.at(i));
            if (seenBy[item] != histories + 1 && positions - first < lastItems) {
                seenBy[item] = histories + 1;
                eventsOf[item] = 0;
                items[positions++] = item;
            }
            eventsOf[item]++;
        }
        Arrays.sort(items, first, positions);
        for (int position = first; position < positions; position++) {
            counts[position] = (char) Math.min(Character.MAX_VALUE, eventsOf[items[position]]);
        }
        firstMillis[histories] = events.millis(order.at(start));
        ends[histories] = positions;
        histories++;
    }

    /** The numbers of users mean nothing, so that sums over histories would depend on how the events were read. */
    private Baskets inOrderOfItems() {
        int[] inOrder = IntStream.range(0, histories)
                .boxed()
                .sorted(this::compare)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] sortedItems = new int[positions];
        char[] sortedCounts = new char[positions];
        int[] sortedEnds = new int[histories];
        long[] sortedMillis = new long[histories];
        int position = 0;
        for (int i = 0; i < histories; i++) {
            int start = start(inOrder[i]);
            int length = ends[inOrder[i]] - start;
            System.arraycopy(items, start, sortedItems, position, length);
            System.arraycopy(counts, start, sortedCounts, position, length);
            position += length;
            sortedEnds[i] = position;
            sortedMillis[i] = firstMillis[inOrder[i]];
        }
        return Baskets.over(sortedEnds, sortedItems, sortedCounts, new char[0], sortedMillis);
    }

    private int compare(int left, int right) {
        int byItems = Arrays.compare(items, start(left), ends[left], items, start(right), ends[right]);
        if (byItems != 0) {
            return byItems;
        }
        int byCounts = Arrays.compare(counts, start(left), ends[left], counts, start(right), ends[right]);
        return byCounts != 0 ? byCounts : Long.compare(firstMillis[left], firstMillis[right]);
    }

    private int start(int history) {
        return history == 0 ? 0 : ends[history - 1];
    }
}
