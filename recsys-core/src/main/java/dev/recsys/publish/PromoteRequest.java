package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.TrustList;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which release of another store to promote, and under which conditions. Immutable; each method returns a changed copy.
 */
public final class PromoteRequest {
    private final BlobStore source;
    private final Scope scope;
    private final String reason;
    private final OptionalLong release;
    private final Optional<TrustList> sourceTrust;
    private final boolean createSurface;
    private final Set<Gate> overridden;

    private PromoteRequest(
            BlobStore source,
            Scope scope,
            String reason,
            OptionalLong release,
            Optional<TrustList> sourceTrust,
            boolean createSurface,
            Set<Gate> overridden) {
        this.source = source;
        this.scope = scope;
        this.reason = reason;
        this.release = release;
        this.sourceTrust = sourceTrust;
        this.createSurface = createSurface;
        this.overridden = Set.copyOf(overridden);
    }

    /**
     * Promotes the current release of a surface in another store, through all gates of this one.
     *
     * @param source the other store; read only, and stays open
     * @param scope whose release, in both stores
     * @param reason why, 1 to 500 characters; recorded
     * @throws IllegalArgumentException if the reason is not valid
     */
    public static PromoteRequest from(BlobStore source, Scope scope, String reason) {
        return new PromoteRequest(
                source,
                scope,
                Reasons.require("reason", reason),
                OptionalLong.empty(),
                Optional.empty(),
                false,
                EnumSet.noneOf(Gate.class));
    }

    /** Promotes this release, which the source must retain; by default the one that is current there. */
    public PromoteRequest release(long id) {
        return new PromoteRequest(source, scope, reason, OptionalLong.of(id), sourceTrust, createSurface, overridden);
    }

    /** Takes from the source only what these keys signed; by default what the publisher's own trust list says. */
    public PromoteRequest trustSource(TrustList trust) {
        return new PromoteRequest(source, scope, reason, release, Optional.of(trust), createSurface, overridden);
    }

    /** Creates the surface if it does not exist; by default that is refused. */
    public PromoteRequest createSurface() {
        return new PromoteRequest(source, scope, reason, release, sourceTrust, true, overridden);
    }

    /**
     * Passes gates over that would refuse; which of them did is recorded with the reason.
     *
     * @throws IllegalArgumentException if {@link Gate#HOLD} is among them: a hold is lifted, not overridden
     */
    public PromoteRequest override(Set<Gate> gates) {
        if (gates.contains(Gate.HOLD)) {
            throw new IllegalArgumentException("a hold cannot be overridden; lift it with unhold");
        }
        return new PromoteRequest(source, scope, reason, release, sourceTrust, createSurface, gates);
    }

    /** Passes every gate over that can be. */
    public PromoteRequest overrideAll() {
        return override(EnumSet.complementOf(EnumSet.of(Gate.HOLD)));
    }

    BlobStore source() {
        return source;
    }

    Scope scope() {
        return scope;
    }

    OptionalLong release() {
        return release;
    }

    TrustList sourceTrust(TrustList otherwise) {
        return sourceTrust.orElse(otherwise);
    }

    boolean overrides(Gate gate) {
        return overridden.contains(gate);
    }

    /** Returns the ship that the promotion is in the target. */
    ShipRequest toShip(Build build) {
        ShipRequest ship =
                ShipRequest.of(scope, build, reason).override(overridden).asPromotion();
        return createSurface ? ship.createSurface() : ship;
    }
}
