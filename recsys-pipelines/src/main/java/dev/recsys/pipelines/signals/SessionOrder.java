package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;

/** Events put together by session: those that name one by it, the others by user, cut where the user is silent. */
public final class SessionOrder {
    private final Events events;
    private final long gapMillis;
    private final Grouping order; // events by named session, then by user; within one by time

    /** Takes the positions of one session's events, which are not none. */
    public interface Taker {
        /** Takes positions from the one on and before the other. */
        void take(int start, int end);
    }

    /** Puts the events of each session together. */
    public SessionOrder(Events events, SessionSettings settings) {
        this.events = events;
        this.gapMillis = settings.gap().toMillis();
        int groups = Math.addExact(events.sessionNumbers(), events.userNumbers());
        this.order = new Grouping(events.size(), groups, this::group);
    }

    /** Returns how many events are in sessions. */
    int size() {
        return order.size();
    }

    /** Returns the event at a position. */
    public int event(int position) {
        return order.at(position);
    }

    /** Calls for every session. */
    public void forEach(Taker taker) {
        for (int group = 0; group < order.keys(); group++) {
            int start = order.start(group);
            int end = order.end(group);
            if (group < events.sessionNumbers() && end > start) {
                taker.take(start, end);
            } else if (end > start) {
                cutAtGaps(start, end, taker);
            }
        }
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
            if (events.millis(event(i)) - events.millis(event(i - 1)) > gapMillis) {
                taker.take(sessionStart, i);
                sessionStart = i;
            }
        }
        taker.take(sessionStart, end);
    }
}
