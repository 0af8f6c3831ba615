package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;

/** Events put together by session: those that name one by it, the others by user, cut where the user is silent. */
public final class SessionOrder {
    private final Events events;
    private final long gapMillis;
    private final int[] groupEnds; // [group] named sessions, then users
    private final int[] order; // [position] event; by group, within a group by time

    /** Takes the positions of one session's events, which are not none. */
    public interface Taker {
        /** Takes positions from the one on and before the other. */
        void take(int start, int end);
    }

    /** Puts the events of each session together. */
    public SessionOrder(Events events, SessionSettings settings) {
        this.events = events;
        this.gapMillis = settings.gap().toMillis();
        this.groupEnds = new int[Math.addExact(events.sessionNumbers(), events.userNumbers())];
        this.order = ordered();
    }

    /** Returns how many events are in sessions. */
    int size() {
        return order.length;
    }

    /** Returns the event at a position. */
    public int event(int position) {
        return order[position];
    }

    /** Calls for every session. */
    public void forEach(Taker taker) {
        int start = 0;
        for (int group = 0; group < groupEnds.length; group++) {
            int end = groupEnds[group];
            if (group < events.sessionNumbers() && end > start) {
                taker.take(start, end);
            } else if (end > start) {
                cutAtGaps(start, end, taker);
            }
            start = end;
        }
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

    private void cutAtGaps(int start, int end, Taker taker) {
        int sessionStart = start;
        for (int i = start + 1; i < end; i++) {
            if (events.millis(order[i]) - events.millis(order[i - 1]) > gapMillis) {
                taker.take(sessionStart, i);
                sessionStart = i;
            }
        }
        taker.take(sessionStart, end);
    }
}
