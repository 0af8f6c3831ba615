package dev.recsys.internal;

import java.time.Duration;

/** The rule for timeouts. */
public final class Durations {
    private Durations() {}

    /** Returns the duration, or refuses it by its name. */
    public static Duration requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + " is " + duration + "; expected more than zero");
        }
        return duration;
    }
}
