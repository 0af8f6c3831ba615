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
    private final int[] ends; // [basket]
    private final long[] firstMillis; // [basket]
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
        int[] count = new int[1];
        order.forEach((start, end) -> count[0]++); // arrays that grow would take twice as much
        this.ends = new int[count[0]];
        this.firstMillis = new long[count[0]];
    }

    Baskets collect() {
        order.forEach(this::add);
        return Baskets.over(
                ends,
                Arrays.copyOf(items, positions),
                Arrays.copyOf(counts, positions),
                Arrays.copyOf(steps, positions),
                firstMillis);
    }

    private void add(int start, int end) {
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
