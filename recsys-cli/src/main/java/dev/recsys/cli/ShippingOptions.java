package dev.recsys.cli;

import dev.recsys.artifact.Release;
import dev.recsys.publish.Gate;
import dev.recsys.publish.GateLimits;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What a ship may make, and what its gates let through. */
final class ShippingOptions {
    @Option(names = "--create", description = "Create the surface, and the store's folder, if they do not exist.")
    private boolean create;

    @Option(names = "--allow-older", description = "Ship also a window that is older than that of the current release.")
    private boolean allowOlder;

    @Option(
            names = "--max-shrink",
            paramLabel = "SHARE",
            description = "The largest share of items to lose against the current release (default: 0.5).")
    private double maxShrink = GateLimits.DEFAULT.maxShrink();

    boolean isCreate() {
        return create;
    }

    boolean isAllowOlder() {
        return allowOlder;
    }

    /** Returns how a publisher ships what is asked for, as the options say. */
    Function<ManifestPublisher.Builder, Release> ship(ShipRequest asked) {
        GateLimits limits = new GateLimits(maxShrink, GateLimits.DEFAULT.maxArtifactBytes());
        ShipRequest created = create ? asked.createSurface() : asked;
        ShipRequest request = allowOlder ? created.override(Set.of(Gate.OLDER_WINDOW)) : created;
        return publisher -> ship(publisher.limits(limits).build(), request);
    }

    private static Release ship(ManifestPublisher publisher, ShipRequest request) {
        return publisher.ship(request);
    }
}
