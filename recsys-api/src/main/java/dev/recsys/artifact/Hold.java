package dev.recsys.artifact;

import java.time.Instant;
import java.util.Optional;

/**
 * Ships are refused while this stands; rollbacks are not.
 *
 * @param by who set it
 * @param reason why
 * @param until when it ends by itself; empty when only {@code unhold} ends it
 */
public record Hold(String by, String reason, Optional<Instant> until) {
    /** Returns whether the hold stands at the given time. */
    public boolean standsAt(Instant now) {
        return until.isEmpty() || now.isBefore(until.get());
    }
}
