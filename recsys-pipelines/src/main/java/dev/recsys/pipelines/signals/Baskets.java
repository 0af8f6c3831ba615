package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import java.util.Arrays;

/**
 * The items of each session, or of each user's history, each item once, as flat columns: about 4 bytes an event and 12 a session. Immutable.
 */
public final class Baskets {
    private final int[] ends; // [basket] exclusive end in items; a basket starts where the one before ends
    private final int[] items; // [position] ascending within a basket
    private final long[] firstMillis; // [basket]

    private Baskets(int[] ends, int[] items, long[] firstMillis) {
        this.ends = ends;
        this.items = items;
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

    static Baskets copyOf(int baskets, int[] ends, int[] items, long[] firstMillis) {
        int positions = baskets == 0 ? 0 : ends[baskets - 1];
        return new Baskets(
                Arrays.copyOf(ends, baskets), Arrays.copyOf(items, positions), Arrays.copyOf(firstMillis, baskets));
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

    /** Returns the time of a session's first event, in milliseconds since 1970. */
    public long firstMillis(int basket) {
        return firstMillis[basket];
    }

    /** Returns the number of items of all sessions together. */
    int positions() {
        return items.length;
    }
}
