package dev.recsys.publish;

import dev.recsys.Scope;
import java.time.Duration;

/**
 * Which releases of a surface to keep. Immutable; each method returns a changed copy. Kept in any case: the current
 * release, and those that are pinned.
 */
public final class CollectRequest {
    private static final int DEFAULT_RELEASES = 10;
    private static final Duration DEFAULT_TIME = Duration.ofDays(30);

    private final Scope scope;
    private final String reason;
    private final int keptReleases;
    private final Duration keptFor;
    private final boolean dryRun;

    private CollectRequest(Scope scope, String reason, int keptReleases, Duration keptFor, boolean dryRun) {
        this.scope = scope;
        this.reason = reason;
        this.keptReleases = keptReleases;
        this.keptFor = keptFor;
        this.dryRun = dryRun;
    }

    /**
     * Keeps the newest 10 releases that are not quarantined, and those that were current within 30 days.
     *
     * @param reason why, 1 to 500 characters; recorded
     * @throws IllegalArgumentException if the reason is not valid
     */
    public static CollectRequest of(Scope scope, String reason) {
        return new CollectRequest(scope, Reasons.require("reason", reason), DEFAULT_RELEASES, DEFAULT_TIME, false);
    }

    /**
     * Keeps so many of the newest releases that are not quarantined, the current one included.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public CollectRequest keepReleases(int releases) {
        if (releases < 1) {
            throw new IllegalArgumentException("keepReleases is " + releases + "; expected at least 1");
        }
        return new CollectRequest(scope, reason, releases, keptFor, dryRun);
    }

    /**
     * Keeps what was current within this time, by the publishers' clocks; zero to keep nothing for its age.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public CollectRequest keepFor(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("keepFor is " + time + "; expected zero or more");
        }
        return new CollectRequest(scope, reason, keptReleases, time, dryRun);
    }

    /** Decides and reports, and changes nothing. */
    public CollectRequest dryRun() {
        return new CollectRequest(scope, reason, keptReleases, keptFor, true);
    }

    Scope scope() {
        return scope;
    }

    String reason() {
        return reason;
    }

    int keptReleases() {
        return keptReleases;
    }

    Duration keptFor() {
        return keptFor;
    }

    boolean isDryRun() {
        return dryRun;
    }
}
