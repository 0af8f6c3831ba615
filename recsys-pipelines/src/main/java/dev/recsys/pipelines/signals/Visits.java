package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import java.util.Arrays;

/**
 * The items of each session in the order of their time, and where each item stands: 20 bytes an event. Several events in
 * a row about one item are one step, of the time of the last.
 */
final class Visits {
    private final int[] items; // [position]
    private final long[] millis; // [position]
    private final int[] sessionEnds; // [position] exclusive end of its session, which is the session's identity as well
    private final Grouping positions; // by item

    private Visits(int[] items, long[] millis, int[] sessionEnds, int itemCount) {
        this.items = items;
        this.millis = millis;
        this.sessionEnds = sessionEnds;
        this.positions = new Grouping(items.length, itemCount, position -> items[position]);
    }

    static Visits of(Events events, SessionSettings settings) {
        SessionOrder order = new SessionOrder(events, settings);
        int[] items = new int[order.size()];
        long[] millis = new long[order.size()];
        int[] sessionEnds = new int[order.size()];
        int[] steps = new int[1];
        order.forEach((start, end) -> {
            int first = steps[0];
            int last = first - 1;
            for (int i = Math.max(start, end - settings.lastEvents()); i < end; i++) {
                int event = order.event(i);
                if (last < first || items[last] != events.itemOf(event)) {
                    last++;
                    items[last] = events.itemOf(event);
                }
                millis[last] = events.millis(event);
            }
            Arrays.fill(sessionEnds, first, last + 1, last + 1);
            steps[0] = last + 1;
        });
        return new Visits(
                Arrays.copyOf(items, steps[0]),
                Arrays.copyOf(millis, steps[0]),
                Arrays.copyOf(sessionEnds, steps[0]),
                events.itemCount());
    }

    int itemCount() {
        return positions.keys();
    }

    /** Returns where an item's entries start. */
    int start(int item) {
        return positions.start(item);
    }

    /** Returns where an item's entries end. */
    int end(int item) {
        return positions.end(item);
    }

    /** Returns the position of an entry. */
    int position(int entry) {
        return positions.at(entry);
    }

    int item(int position) {
        return items[position];
    }

    long millis(int position) {
        return millis[position];
    }

    /** Returns the position after the last one of a position's session. */
    int sessionEnd(int position) {
        return sessionEnds[position];
    }
}
