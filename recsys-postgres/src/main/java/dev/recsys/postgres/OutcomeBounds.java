package dev.recsys.postgres;

import dev.recsys.control.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Which outcomes can be written.
 *
 * @param keepFor how old they may be
 * @param clock what time it is
 */
record OutcomeBounds(Duration keepFor, InstantSource clock) {
    private static final Duration AHEAD = Duration.ofDays(1); // clocks are wrong by hours, such as those of time zones
    private static final int USER_BYTES = 800; // the three and a scope are one entry of an index, which is bounded
    private static final int ITEM_BYTES = 1_536;
    private static final int TYPE_BYTES = 100;

    /** Returns the time before which nothing is kept. */
    Instant oldest() {
        return clock.instant().minus(keepFor);
    }

    boolean admit(Outcome outcome) {
        return isInTime(outcome.at())
                && isText(outcome.user(), USER_BYTES)
                && isText(outcome.item(), ITEM_BYTES)
                && isText(outcome.type(), TYPE_BYTES);
    }

    boolean isInTime(Instant at) {
        return !at.isBefore(oldest()) && !at.isAfter(clock.instant().plus(AHEAD));
    }

    /** Whether PostgreSQL can keep it: it knows no NUL, and no half of a character. */
    static boolean isText(String text, int bytes) {
        return text.length() <= bytes
                && text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && text.getBytes(StandardCharsets.UTF_8).length <= bytes;
    }

    static boolean isUser(String user) {
        return !user.isBlank() && isText(user, USER_BYTES);
    }
}
