package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Revision;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "unpin", description = "Lets the collector take a release again.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class UnpinCommand extends Action {
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
        Revision revision = publisher.with(opened -> opened.unpin(scope.tenant(), scope.surface(), release, reason));
        ObjectNode json = Json.object(revision.scope());
        Json.putRevision(json, revision);
        json.put("unpinned", release);
        return Answer.done(
                json,
                String.format(
                        "Not pinned: release %d of %s stays until `recsys collect` finds that it is one to go.%n",
                        release, revision.scope()));
    }
}
