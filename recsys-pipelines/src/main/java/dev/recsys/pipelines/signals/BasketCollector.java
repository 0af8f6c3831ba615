package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import java.util.Arrays;

/** Keeps the items of each session. */
final class BasketCollector {
    private final Events events;
    private final int lastEvents;
    private final SessionOrder order;

    private final long[] byItem; // [event of the basket at hand] item, then its number in the basket
    private final char[] stepAt; // [number in the basket]
    private final int[] items; // [position]
    private final char[] counts; // [position]
    private final char[] steps; // [position]
    private int positions;
    private int[] ends = new int[1024]; // [basket]
    private long[] firstMillis = new long[1024]; // [basket]
    private int baskets;

    BasketCollector(Events events, SessionSettings settings) {
        this.events = events;
        this.lastEvents = settings.lastEvents();
        this.order = new SessionOrder(events, settings);
        this.byItem = new long[lastEvents];
        this.stepAt = new char[lastEvents];
        this.items = new int[order.size()];
        this.counts = new char[order.size()];
        this.steps = new char[order.size()];
    }

    Baskets collect() {
        order.forEach(this::add);
        return Baskets.over(
                Arrays.copyOf(ends, baskets),
                Arrays.copyOf(items, positions),
                Arrays.copyOf(counts, positions),
                Arrays.copyOf(steps, positions),
                Arrays.copyOf(firstMillis, baskets));
    }

    private void add(int start, int end) {
        if (baskets == ends.length) {
            ends = Arrays.copyOf(ends, baskets * 2);
            firstMillis = Arrays.copyOf(firstMillis, baskets * 2);
        }
        addItems(Math.max(start, end - lastEvents), end);
        firstMillis[baskets] = events.millis(order.event(start));
        ends[baskets] = positions;
        baskets++;
    }

    /** Sorts by item, and within an item by time; then puts down each item once. */
    private void addItems(int start, int end) {
        int length = end - start;
        for (int i = 0; i < length; i++) {
            byItem[i] = (long) events.itemOf(order.event(start + i)) << Integer.SIZE | i;
        }
        Arrays.sort(byItem, 0, length);
        Arrays.fill(stepAt, 0, length, (char) 0);
        int first = positions;
        for (int i = 0; i < length; i++) {
            int item = (int) (byItem[i] >>> Integer.SIZE);
            if (positions == first || items[positions - 1] != item) {
                items[positions++] = item;
                counts[positions - 1] = 0;
            }
            counts[positions - 1]++;
            steps[positions - 1] = (char) byItem[i]; // of its events, the last one is met last
        }
        for (int position = first; position < positions; position++) {
            stepAt[steps[position]] = 1;
        }
        for (int i = 0, step = 0; i < length; i++) {
            boolean last = stepAt[i] == 1;
            stepAt[i] = (char) step;
            step += last ? 1 : 0;
        }
        for (int position = first; position < positions; position++) {
            steps[position] = stepAt[steps[position]];
        }
    }
}
