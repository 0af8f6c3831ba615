package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import java.util.OptionalLong;

/** Where to roll back to, and under which condition. Immutable; each method returns a changed copy. */
public final class RollbackRequest {
    private final Scope scope;
    private final String reason;
    private final OptionalLong expectedCurrent;
    private final OptionalLong target;
    private final boolean hold;

    private RollbackRequest(
            Scope scope, String reason, OptionalLong expectedCurrent, OptionalLong target, boolean hold) {
        this.scope = scope;
        this.reason = reason;
        this.expectedCurrent = expectedCurrent;
        this.target = target;
        this.hold = hold;
    }

    /**
     * Rolls a surface back to the newest retained release before its current one that is not quarantined, and holds it.
     *
     * @param reason why, 1 to 500 characters; recorded
     * @throws IllegalArgumentException if the reason is not valid
     */
    public static RollbackRequest of(Scope scope, String reason) {
        return new RollbackRequest(
                scope, Reasons.require("reason", reason), OptionalLong.empty(), OptionalLong.empty(), true);
    }

    /** Rolls back only if this release is still current; otherwise it is a conflict. */
    public RollbackRequest onlyFrom(Release current) {
        return new RollbackRequest(scope, reason, OptionalLong.of(current.id()), target, hold);
    }

    /** Rolls back to this release, even if it is quarantined. */
    public RollbackRequest to(long release) {
        return new RollbackRequest(scope, reason, expectedCurrent, OptionalLong.of(release), hold);
    }

    /** Sets no hold: the next scheduled ship may replace the release. The outgoing artifacts are quarantined all the same. */
    public RollbackRequest withoutHold() {
        return new RollbackRequest(scope, reason, expectedCurrent, target, false);
    }

    Scope scope() {
        return scope;
    }

    String reason() {
        return reason;
    }

    OptionalLong expectedCurrent() {
        return expectedCurrent;
    }

    OptionalLong target() {
        return target;
    }

    boolean holds() {
        return hold;
    }
}
