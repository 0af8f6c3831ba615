package dev.recsys.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells when what failed is tried again: after a second, then after twice as long each time, up to a minute. */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final InstantSource clock;
    private Instant since = Instant.EPOCH;
    private Duration pause = Duration.ZERO;

    BackOff(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether nothing failed since the last success. */
    boolean isAtRest() {
        return pause.isZero();
    }

    /** Whether it may be tried; a clock that was set back ends the pause too. */
    boolean isOver() {
        Instant now = clock.instant();
        return now.isBefore(since) || !now.isBefore(since.plus(pause));
    }

    void failed() {
        since = clock.instant();
        Duration twice = pause.isZero() ? FIRST : pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    void succeeded() {
        pause = Duration.ZERO;
    }
}
