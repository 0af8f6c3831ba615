package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Events;
import java.util.Arrays;

/** The events of each user in the order of time. Not safe for concurrent use. */
final class Histories {
    private final Events events;
    private final int[] ends; // [user] exclusive end in order; a user starts where the one before ends
    private final int[] order; // [position] event
    private final int[] seenBy; // [item] the last user whose items were collected, + 1

    Histories(Events events) {
        this.events = events;
        this.ends = new int[events.userNumbers()];
        this.order = ordered();
        this.seenBy = new int[events.itemCount()];
    }

    /** Returns a number above that of every user. */
    int users() {
        return ends.length;
    }

    int start(int user) {
        return user == 0 ? 0 : ends[user - 1];
    }

    int end(int user) {
        return ends[user];
    }

    /** Returns the event at a position. */
    int event(int position) {
        return order[position];
    }

    /** Returns a user's different items by their last events, most recent first; none for a user that is not known. */
    int[] recentItems(int user) {
        if (user >= ends.length) {
            return new int[0];
        }
        int end = end(user);
        int[] items = new int[end - start(user)];
        int count = 0;
        for (int position = end - 1; position >= start(user); position--) {
            int item = events.itemOf(order[position]);
            if (seenBy[item] != user + 1) {
                seenBy[item] = user + 1;
                items[count++] = item;
            }
        }
        for (int i = 0; i < count; i++) {
            seenBy[items[i]] = 0;
        }
        return Arrays.copyOf(items, count);
    }

    /** Sorts by counting: stable, so that events stay in the order of their time. */
    private int[] ordered() {
        for (int event = 0; event < events.size(); event++) {
            if (events.userOf(event) >= 0) {
                ends[events.userOf(event)]++;
            }
        }
        int total = 0;
        for (int user = 0; user < ends.length; user++) {
            int size = ends[user];
            ends[user] = total;
            total += size;
        }
        int[] sorted = new int[total];
        for (int event = 0; event < events.size(); event++) {
            if (events.userOf(event) >= 0) {
                sorted[ends[events.userOf(event)]++] = event;
            }
        }
        return sorted;
    }
}
