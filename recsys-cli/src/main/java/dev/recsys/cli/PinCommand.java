package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Revision;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "pin", description = "Keeps a release until unpin, whatever is collected.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class PinCommand extends Action {
    @Mixin
    private PublisherOptions publisher;

    @Mixin
    private ScopeOptions scope;

    @Parameters(paramLabel = "RELEASE", description = "The release's id.")
    private long release;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded.")
    private String reason;

    @Override
    Answer run() throws IOException {
        Revision revision = publisher.with(opened -> opened.pin(scope.tenant(), scope.surface(), release, reason));
        ObjectNode json = Json.object(revision.scope());
        Json.putRevision(json, revision);
        json.put("pinned", release);
        return Answer.done(
                json,
                String.format("Pinned: release %d of %s stays until `recsys unpin`.%n", release, revision.scope()));
    }
}
