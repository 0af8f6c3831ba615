package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;

/**
 * How many sessions go on beyond a span of time.
 *
 * @param atStart how many began before it
 * @param atEnd how many end after it
 */
record SessionCuts(long atStart, long atEnd) {
    static final SessionCuts NONE = new SessionCuts(0, 0);

    /**
     * Counts.
     *
     * @param order the sessions of events within the span and beyond it
     * @param start the first millisecond of the span
     * @param end the first one after it
     */
    static SessionCuts of(SessionOrder order, Events events, long start, long end) {
        long[] cuts = new long[2];
        order.forEach((first, beyond) -> {
            long oldest = events.millis(order.event(first));
            long newest = events.millis(order.event(beyond - 1));
            cuts[0] += oldest < start && newest >= start ? 1 : 0;
            cuts[1] += oldest < end && newest >= end ? 1 : 0;
        });
        return new SessionCuts(cuts[0], cuts[1]);
    }
}
