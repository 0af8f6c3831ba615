package dev.recsys.serve;

import java.time.Duration;
import java.util.Optional;

/**
 * How the polls of a surface went.
 *
 * @param failures in a row
 * @param lastError why the last one failed, or why nothing is loaded
 * @param failure what the last one failed with
 * @param verifiedAtNanos when the store was last asked with success
 */
record Health(int failures, Optional<String> lastError, Optional<Throwable> failure, Optional<Long> verifiedAtNanos) {
    static Health unknown() {
        return new Health(0, Optional.of("the store has not answered yet"), Optional.empty(), Optional.empty());
    }

    static Health good(Optional<String> lastError, long verifiedAtNanos) {
        return new Health(0, lastError, Optional.empty(), Optional.of(verifiedAtNanos));
    }

    Health failed(String message, Throwable e) {
        return new Health(failures + 1, Optional.of(message), Optional.of(e), verifiedAtNanos);
    }

    /** Returns whether the store was asked with success, and not since. Every request asks this. */
    boolean isOlderThan(long ageNanos, long nowNanos) {
        return verifiedAtNanos.isPresent() && nowNanos - verifiedAtNanos.get() > ageNanos;
    }

    Optional<Duration> sinceVerified(long nowNanos) {
        return verifiedAtNanos.map(at -> Duration.ofNanos(nowNanos - at));
    }
}
