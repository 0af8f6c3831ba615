package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import dev.recsys.publish.Build;
import dev.recsys.publish.Gate;
import dev.recsys.publish.GateLimits;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether, where and how the build of each day is shipped. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class DayShipOptions {
    @Option(
            names = "--store",
            paramLabel = "URI",
            description =
                    "Ship to this store: a path, file:///path, s3://bucket/prefix?region=R or gs://bucket/prefix.")
    private @Nullable String store;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Take only what the keys in this file signed: Ed25519 public keys in PEM form; or the word"
                    + " 'anyone'. Repeatable.")
    private List<Path> trusted = List.of();

    @Mixin
    private AuthorOptions author;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; recorded (default: backfill of DAY).")
    private @Nullable String reason;

    @Option(names = "--create", description = "Create the surface, and the store's folder, if they do not exist.")
    private boolean create;

    @Option(names = "--allow-older", description = "Ship also a window that is older than that of the current release.")
    private boolean allowOlder;

    @Option(
            names = "--max-shrink",
            paramLabel = "SHARE",
            description = "The largest share of items to lose against the current release (default: 0.5).")
    private double maxShrink = GateLimits.DEFAULT.maxShrink();

    boolean isWanted() {
        if (store == null && (create || allowOlder || reason != null || !trusted.isEmpty())) {
            throw new IllegalArgumentException("--store is missing; how to ship is said, but not where to");
        }
        return store != null;
    }

    /** Makes sure that no folder of a backfill is in the store. */
    void requireOutside(Path out, Path days) throws IOException {
        if (store != null) {
            address(store).requireOutside("--out", out);
            address(store).requireOutside("--days", days);
        }
    }

    /** Ships the build of a day. */
    Release ship(Scope scope, LocalDate day, Build build) throws IOException {
        if (store == null) {
            throw new IllegalStateException("there is no store");
        }
        ShipRequest request = ShipRequest.of(scope, build, reason == null ? "backfill of " + day : reason);
        ShipRequest created = create ? request.createSurface() : request;
        ShipRequest allowed = allowOlder ? created.override(Set.of(Gate.OLDER_WINDOW)) : created;
        GateLimits limits = new GateLimits(maxShrink, GateLimits.DEFAULT.maxArtifactBytes());
        return PublisherOptions.with(
                address(store),
                author,
                StoreOption.trust(trusted),
                create,
                builder -> ship(builder.limits(limits).build(), allowed));
    }

    private static Release ship(ManifestPublisher publisher, ShipRequest request) {
        return publisher.ship(request);
    }

    private static StoreAddress address(String uri) {
        return new StoreAddress("--store", uri);
    }
}
