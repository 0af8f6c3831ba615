package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Release;
import dev.recsys.publish.RollbackRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rollback",
        description =
                "Makes an older release current again, and holds the surface so that the next job does not ship the"
                        + " bad build again.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class RollbackCommand extends Action {
    @Mixin
    private PublisherOptions publisher;

    @Mixin
    private ScopeOptions scope;

    @Option(
            names = "--to",
            paramLabel = "RELEASE",
            description = "The release; by default the newest before the current one that was not rolled back.")
    private @Nullable Long to;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded.")
    private String reason;

    @Option(names = "--no-hold", description = "Do not hold the surface.")
    private boolean noHold;

    @Override
    Answer run() throws IOException {
        RollbackRequest request = RollbackRequest.of(scope.scope(), reason);
        RollbackRequest targeted = to == null ? request : request.to(to);
        RollbackRequest complete = noHold ? targeted.withoutHold() : targeted;
        Release release = publisher.with(opened -> opened.rollback(complete));
        ObjectNode json = Json.object(release.scope());
        Json.putRevision(json, release.revision());
        json.put("already_current", release.alreadyCurrent());
        String text = release.alreadyCurrent()
                ? "Release %d of %s is current already; nothing was changed, and no hold was set.%n"
                : "Rolled back: release %d of %s is current."
                        + (release.revision().hold().isPresent()
                                ? " Ships are held until you run `recsys unhold`.%n"
                                : "%n");
        return Answer.done(json, String.format(text, release.id(), release.scope()));
    }
}
