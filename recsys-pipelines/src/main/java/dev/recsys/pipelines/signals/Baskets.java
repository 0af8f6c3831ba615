package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import java.util.Arrays;

/**
 * The items of each session, or of each user's history, each item once, as flat columns: about 8 bytes an event
 * and 12 a session. Immutable.
 */
public final class Baskets {
    private final int[] ends; // [basket] exclusive end in items; a basket starts where the one before ends
    private final int[] items; // [position] ascending within a basket
    private final char[] events; // [position] how many, at most 65,535
    private final char[] steps; // [position] of the item by when it came last in its session; empty for histories
    private final long[] firstMillis; // [basket]

    private Baskets(int[] ends, int[] items, char[] events, char[] steps, long[] firstMillis) {
        this.ends = ends;
        this.items = items;
        this.events = events;
        this.steps = steps;
        this.firstMillis = firstMillis;
    }

    /** Forms the sessions of events. */
    public static Baskets of(Events events, SessionSettings settings) {
        return new BasketCollector(events, settings).collect();
    }

    /**
     * Forms the history of each user: the different items of all events that name the user, whatever their sessions.
     * Histories are in the order of their items, so that they are the same whatever order the events were read in.
     *
     * @param lastItems how many items of a user count, those that came last by time; of one time, the rarest; at least 1
     */
    public static Baskets ofUsers(Events events, int lastItems) {
        return new HistoryCollector(events, lastItems).collect();
    }

    /** Takes over the arrays. */
    static Baskets over(int[] ends, int[] items, char[] events, char[] steps, long[] firstMillis) {
        return new Baskets(ends, items, events, steps, firstMillis);
    }

    /** Returns some of the sessions, as if there were no others. */
    Baskets only(int[] some) {
        int[] someEnds = new int[some.length];
        int positions = 0;
        for (int i = 0; i < some.length; i++) {
            positions += end(some[i]) - start(some[i]);
            someEnds[i] = positions;
        }
        Baskets part = new Baskets(
                someEnds,
                new int[positions],
                new char[positions],
                new char[steps.length == 0 ? 0 : positions],
                new long[some.length]);
        for (int i = 0; i < some.length; i++) {
            int from = start(some[i]);
            int length = end(some[i]) - from;
            System.arraycopy(items, from, part.items, part.start(i), length);
            System.arraycopy(events, from, part.events, part.start(i), length);
            if (steps.length > 0) {
                System.arraycopy(steps, from, part.steps, part.start(i), length);
            }
            part.firstMillis[i] = firstMillis[some[i]];
        }
        return part;
    }

    /** Returns the number of sessions. */
    public int count() {
        return ends.length;
    }

    /** Returns the position of a session's first item. */
    public int start(int basket) {
        return basket == 0 ? 0 : ends[basket - 1];
    }

    /** Returns the position after a session's last item. */
    public int end(int basket) {
        return ends[basket];
    }

    /** Returns the item at a position. */
    public int item(int position) {
        return items[position];
    }

    /** Returns how many events of the session are about the item at a position, from 1 to 65,535. */
    int events(int position) {
        return events[position];
    }

    /** Returns how many items of the session came last before the one at a position did; histories do not know. */
    int step(int position) {
        return steps[position];
    }

    /** Returns whether steps are known, as they are of sessions. */
    boolean hasSteps() {
        return steps.length > 0;
    }

    /** Returns the position of an item in a session that has it. */
    int positionOf(int item, int basket) {
        return Arrays.binarySearch(items, start(basket), end(basket), item);
    }

    /** Returns the time of a session's first event, in milliseconds since 1970. */
    public long firstMillis(int basket) {
        return firstMillis[basket];
    }

    /** Returns the time of the newest session's first event; the smallest number there is without sessions. */
    long newestMillis() {
        long newest = Long.MIN_VALUE;
        for (long millis : firstMillis) {
            newest = Math.max(newest, millis);
        }
        return newest;
    }

    /** Returns the number of items of all sessions together. */
    int positions() {
        return items.length;
    }
}
