package dev.recsys.publish;

import dev.recsys.internal.pointer.Pointer;
import java.time.Instant;
import java.util.Optional;

/**
 * A release that can be made current.
 *
 * @param shipped the revision that shipped it
 * @param retirement when it last ceased to be current; empty while it is, and where nobody knows
 */
record RetainedRelease(Pointer shipped, Optional<Retirement> retirement) {
    /**
     * The end of a release's service.
     *
     * @param seq the revision that replaced it
     * @param at when, by that publisher's clock
     */
    record Retirement(long seq, Instant at) {}

    long id() {
        return shipped.release();
    }
}
