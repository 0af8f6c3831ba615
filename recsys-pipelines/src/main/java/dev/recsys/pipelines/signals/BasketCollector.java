package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import java.util.Arrays;

/** Groups events by what holds them together, cuts the groups into sessions, and keeps the items of each. */
final class BasketCollector {
    private final Events events;
    private final long gapMillis;
    private final int lastEvents;
    private final int[] order; // [position] event; by group, within a group by time
    private final int[] groupEnds; // [group]

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
        this.gapMillis = settings.gap().toMillis();
        this.lastEvents = settings.lastEvents();
        this.groupEnds = new int[Math.addExact(events.sessionNumbers(), events.userNumbers())];
        this.order = ordered();
        this.byItem = new long[lastEvents];
        this.stepAt = new char[lastEvents];
        this.items = new int[order.length];
        this.counts = new char[order.length];
        this.steps = new char[order.length];
    }

    Baskets collect() {
        int start = 0;
        for (int group = 0; group < groupEnds.length; group++) {
            int end = groupEnds[group];
            if (group < events.sessionNumbers()) {
                add(start, end);
            } else {
                addCutAtGaps(start, end);
            }
            start = end;
        }
        return Baskets.over(
                Arrays.copyOf(ends, baskets),
                Arrays.copyOf(items, positions),
                Arrays.copyOf(counts, positions),
                Arrays.copyOf(steps, positions),
                Arrays.copyOf(firstMillis, baskets));
    }

    /** Sorts by counting: stable, so that events stay in the order of their time. */
    private int[] ordered() {
        int grouped = 0;
        for (int event = 0; event < events.size(); event++) {
            int group = group(event);
            if (group >= 0) {
                groupEnds[group]++;
                grouped++;
            }
        }
        int start = 0;
        for (int group = 0; group < groupEnds.length; group++) {
            int size = groupEnds[group];
            groupEnds[group] = start;
            start += size;
        }
        int[] sorted = new int[grouped];
        for (int event = 0; event < events.size(); event++) {
            int group = group(event);
            if (group >= 0) {
                sorted[groupEnds[group]++] = event;
            }
        }
        return sorted;
    }

    private int group(int event) {
        if (events.sessionOf(event) >= 0) {
            return events.sessionOf(event);
        }
        return events.userOf(event) >= 0 ? events.sessionNumbers() + events.userOf(event) : -1;
    }

    private void addCutAtGaps(int start, int end) {
        int sessionStart = start;
        for (int i = start + 1; i < end; i++) {
            if (events.millis(order[i]) - events.millis(order[i - 1]) > gapMillis) {
                add(sessionStart, i);
                sessionStart = i;
            }
        }
        add(sessionStart, end);
    }

    private void add(int start, int end) {
        if (start == end) {
            return;
        }
        if (baskets == ends.length) {
            ends = Arrays.copyOf(ends, baskets * 2);
            firstMillis = Arrays.copyOf(firstMillis, baskets * 2);
        }
        addItems(Math.max(start, end - lastEvents), end);
        firstMillis[baskets] = events.millis(order[start]);
        ends[baskets] = positions;
        baskets++;
    }

    /** Sorts by item, and within an item by time; then puts down each item once. */
    private void addItems(int start, int end) {
        int length = end - start;
        for (int i = 0; i < length; i++) {
            byItem[i] = (long) events.itemOf(order[start + i]) << Integer.SIZE | i;
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
