package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Revision;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "new-epoch",
        description =
                "After a store was restored from a backup, or a pointer spoiled: checks every artifact, and makes the"
                        + " newest pointer that can be read newer than all that was.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class NewEpochCommand extends Action {
    @Mixin
    private PublisherOptions publisher;

    @Mixin
    private ScopeOptions scope;

    @Option(
            names = "--to",
            paramLabel = "RELEASE",
            description = "The release to begin with; by default the current one.")
    private @Nullable Long to;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded.")
    private String reason;

    @Override
    Answer run() throws IOException {
        Revision revision = publisher.with(opened -> to == null
                ? opened.newEpoch(scope.tenant(), scope.surface(), reason)
                : opened.newEpoch(scope.tenant(), scope.surface(), to, reason));
        ObjectNode json = Json.object(revision.scope());
        Json.putRevision(json, revision);
        return Answer.done(
                json,
                String.format(
                        "Epoch %d of %s begins with revision %d: release %d is current, and what is retained is whole.%n",
                        revision.epoch(), revision.scope(), revision.seq(), revision.release()));
    }
}
