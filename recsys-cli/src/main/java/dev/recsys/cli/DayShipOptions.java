package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import dev.recsys.publish.Build;
import dev.recsys.publish.ShipRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
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

    @Mixin
    private TrustOption trusted;

    @Mixin
    private AuthorOptions author;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; recorded (default: backfill of DAY).")
    private @Nullable String reason;

    @Mixin
    private ShippingOptions shipping;

    boolean isWanted() {
        boolean isSaidHow = shipping.isCreate() || shipping.isAllowOlder() || reason != null || trusted.isSaid();
        if (store == null && isSaidHow) {
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
        return PublisherOptions.with(
                address(store), author, trusted.stated(), shipping.isCreate(), shipping.ship(request));
    }

    private static StoreAddress address(String uri) {
        return new StoreAddress("--store", uri);
    }
}
