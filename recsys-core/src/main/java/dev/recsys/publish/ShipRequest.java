package dev.recsys.publish;

import dev.recsys.Scope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What to ship, where, and under which conditions. Immutable; each method returns a changed copy. */
public final class ShipRequest {
    private final Scope scope;
    private final Build build;
    private final String reason;
    private final boolean merge;
    private final boolean createSurface;
    private final boolean rebase;
    private final boolean promotion;
    private final Set<Gate> overridden;
    private final Optional<PreviewVerdict> preview;

    private ShipRequest(
            Scope scope,
            Build build,
            String reason,
            boolean merge,
            boolean createSurface,
            boolean rebase,
            boolean promotion,
            Set<Gate> overridden,
            Optional<PreviewVerdict> preview) {
        this.scope = scope;
        this.build = build;
        this.reason = reason;
        this.merge = merge;
        this.createSurface = createSurface;
        this.rebase = rebase;
        this.promotion = promotion;
        this.overridden = Set.copyOf(overridden);
        this.preview = preview;
    }

    /**
     * Ships a build as the whole manifest of an existing surface, through all gates.
     *
     * @param scope must be the build's
     * @param build what to ship
     * @param reason why, 1 to 500 characters; recorded
     * @throws IllegalArgumentException if the scope is not the build's, or the reason is not valid
     */
    public static ShipRequest of(Scope scope, Build build, String reason) {
        if (!build.scope().equals(scope)) {
            throw new IllegalArgumentException("the build was made for " + build.scope() + " and cannot be shipped to "
                    + scope + "; build it for " + scope);
        }
        return new ShipRequest(
                scope,
                build,
                Reasons.require("reason", reason),
                false,
                false,
                false,
                false,
                EnumSet.noneOf(Gate.class),
                Optional.empty());
    }

    /** Keeps the current artifacts of the types that the build does not have; by default they go. */
    public ShipRequest merge() {
        return new ShipRequest(scope, build, reason, true, createSurface, rebase, promotion, overridden, preview);
    }

    /** Creates the surface if it does not exist; by default that is refused. */
    public ShipRequest createSurface() {
        return new ShipRequest(scope, build, reason, merge, true, rebase, promotion, overridden, preview);
    }

    /** Starts again when another ship won and this build is newer than that one; by default that is a conflict. */
    public ShipRequest rebaseIfNewer() {
        return new ShipRequest(scope, build, reason, merge, createSurface, true, promotion, overridden, preview);
    }

    /**
     * Passes gates over that would refuse; which of them did is recorded with the reason.
     *
     * @throws IllegalArgumentException if {@link Gate#HOLD} is among them: a hold is lifted, not overridden
     */
    public ShipRequest override(Set<Gate> gates) {
        if (gates.contains(Gate.HOLD)) {
            throw new IllegalArgumentException("a hold cannot be overridden; lift it with unhold");
        }
        return new ShipRequest(scope, build, reason, merge, createSurface, rebase, promotion, gates, preview);
    }

    /** Passes every gate over that can be. */
    public ShipRequest overrideAll() {
        return override(EnumSet.complementOf(EnumSet.of(Gate.HOLD)));
    }

    /**
     * Asks {@link Gate#PREVIEW} by what a look at the build found, and records its figures as the evidence {@code preview}. A
     * look at another build, or beside another release than the one that is current when this is shipped, is refused,
     * overridden or not.
     */
    public ShipRequest previewed(PreviewVerdict verdict) {
        return new ShipRequest(
                scope, build, reason, merge, createSurface, rebase, promotion, overridden, Optional.of(verdict));
    }

    /** Records it as the promotion of a release of another store, and reads every artifact back before the swap. */
    ShipRequest asPromotion() {
        return new ShipRequest(scope, build, reason, merge, createSurface, rebase, true, overridden, preview);
    }

    Scope scope() {
        return scope;
    }

    Build build() {
        return build;
    }

    String reason() {
        return reason;
    }

    boolean merges() {
        return merge;
    }

    boolean createsSurface() {
        return createSurface;
    }

    boolean rebases() {
        return rebase;
    }

    boolean isPromotion() {
        return promotion;
    }

    /** Returns what the history calls it. */
    String kind() {
        return promotion ? "promote" : "ship";
    }

    Optional<PreviewVerdict> preview() {
        return preview;
    }

    boolean overrides(Gate gate) {
        return overridden.contains(gate);
    }
}
