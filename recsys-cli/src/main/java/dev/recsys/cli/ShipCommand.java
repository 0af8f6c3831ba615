package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Release;
import dev.recsys.publish.Build;
import dev.recsys.publish.Gate;
import dev.recsys.publish.GateLimits;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "ship", description = "Ships a build: from now on readers serve it.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class ShipCommand extends Action {
    @Mixin
    private PublisherOptions publisher;

    @Mixin
    private ScopeOptions scope;

    @Option(names = "--artifacts", required = true, paramLabel = "DIR", description = "The folder that build wrote.")
    private Path artifacts;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded.")
    private String reason;

    @Option(names = "--create", description = "Create the surface, and the store's folder, if they do not exist.")
    private boolean create;

    @Option(names = "--merge", description = "Keep the current artifacts of the types that the build does not have.")
    private boolean merge;

    @Option(names = "--rebase", description = "Start again when another ship was first and this build is newer.")
    private boolean rebase;

    @Option(names = "--force", description = "Override the gates; a hold or a conflict is never overridden.")
    private boolean force;

    @Option(names = "--allow-older", description = "Ship also a window that is older than that of the current release.")
    private boolean allowOlder;

    @Option(
            names = "--max-shrink",
            paramLabel = "SHARE",
            description = "The largest share of items to lose against the current release (default: 0.5).")
    private double maxShrink = GateLimits.DEFAULT.maxShrink();

    @Override
    Answer run() throws IOException {
        GateLimits limits = new GateLimits(maxShrink, GateLimits.DEFAULT.maxArtifactBytes());
        ShipRequest request = request(Build.at(artifacts));
        Release release =
                publisher.creating(builder -> ship(builder.limits(limits).build(), request), create);
        ObjectNode json = Json.object(release.scope());
        Json.putRevision(json, release.revision());
        json.put("already_current", release.alreadyCurrent());
        String text = release.alreadyCurrent()
                ? "Release %d of %s is current already with these artifacts; nothing was changed.%n"
                : "Shipped release %d of %s. Readers serve it within their refresh interval.%n";
        return Answer.done(json, String.format(text, release.id(), release.scope()));
    }

    private static Release ship(ManifestPublisher publisher, ShipRequest request) {
        return publisher.ship(request);
    }

    private ShipRequest request(Build build) {
        ShipRequest request = ShipRequest.of(scope.scope(), build, reason);
        request = create ? request.createSurface() : request;
        request = merge ? request.merge() : request;
        request = rebase ? request.rebaseIfNewer() : request;
        request = allowOlder ? request.override(Set.of(Gate.OLDER_WINDOW)) : request;
        return force ? request.overrideAll() : request;
    }
}
