package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Revision;
import dev.recsys.publish.NewEpoch;
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
        NewEpoch begun = publisher.with(opened -> to == null
                ? opened.newEpoch(scope.tenant(), scope.surface(), reason)
                : opened.newEpoch(scope.tenant(), scope.surface(), to, reason));
        ObjectNode json = Json.object(begun.revision().scope());
        Json.putRevision(json, begun.revision());
        json.put("continued", begun.continued());
        json.put("follows_history", begun.followsHistory());
        return Answer.done(json, text(begun));
    }

    private static String text(NewEpoch begun) {
        Revision revision = begun.revision();
        String release = begun.continued() == 0
                ? "nothing was shipped before"
                : String.format(
                        "release %d is current, with the artifacts of release %d, shipped at %s",
                        revision.release(),
                        begun.continued(),
                        revision.manifest().updatedAt());
        String text = String.format(
                "Epoch %d of %s begins with revision %d: %s. What is retained is whole.%n",
                revision.epoch(), revision.scope(), revision.seq(), release);
        return begun.followsHistory()
                ? text
                : text
                        + String.format(
                                "What came before it is no longer certain: the pointer was lost, or another one than the"
                                        + " history has. `history` ends here; a release that only the lost pointer named"
                                        + " has to be shipped again.%n");
    }
}
