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

    private final int[] seenIn; // [item] the last basket that has it, + 1
    private final int[] items;
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
        this.seenIn = new int[events.itemCount()];
        this.items = new int[order.length];
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
        return Baskets.copyOf(baskets, ends, items, firstMillis);
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
        int basketStart = positions;
        for (int i = Math.max(start, end - lastEvents); i < end; i++) {
            int item = events.itemOf(order[i]);
            if (seenIn[item] != baskets + 1) {
                seenIn[item] = baskets + 1;
                items[positions++] = item;
            }
        }
        Arrays.sort(items, basketStart, positions);
        firstMillis[baskets] = events.millis(order[start]);
        ends[baskets] = positions;
        baskets++;
    }
}
