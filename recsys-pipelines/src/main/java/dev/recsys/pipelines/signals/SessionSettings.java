package dev.recsys.pipelines.signals;

import java.time.Duration;

/**
 * What a session is. Events that name a session belong to it, whatever lies between them; of the others, each user's
 * form a session until the user is silent for longer than a gap; events with neither session nor user are in none.
 *
 * @param gap the longest silence within a session, more than 0
 * @param lastEvents how many events of a session count: its last ones by time, of those of one time the ones whose
 *     items are the rarest, so that more items get neighbours; 2 to 1000
 */
public record SessionSettings(Duration gap, int lastEvents) {
    /** Thirty minutes, the last 50 events. */
    public static final SessionSettings DEFAULT = new SessionSettings(Duration.ofMinutes(30), 50);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range; the message names it
     */
    public SessionSettings {
        if (gap.isNegative() || gap.isZero()) {
            throw new IllegalArgumentException("session gap is " + gap + "; expected more than 0");
        }
        if (lastEvents < 2 || lastEvents > 1_000) {
            throw new IllegalArgumentException(
                    "the number of events of a session that count is " + lastEvents + "; expected 2 to 1000");
        }
    }

    /** Returns these settings with another gap. */
    public SessionSettings withGap(Duration newGap) {
        return new SessionSettings(newGap, lastEvents);
    }
}
