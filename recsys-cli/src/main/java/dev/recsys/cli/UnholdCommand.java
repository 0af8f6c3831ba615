package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Revision;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "unhold", description = "Lets ships through again.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class UnholdCommand extends Action {
    @Mixin
    private PublisherOptions publisher;

    @Mixin
    private ScopeOptions scope;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded.")
    private String reason;

    @Override
    Answer run() throws IOException {
        Revision revision = publisher.with(opened -> opened.unhold(scope.tenant(), scope.surface(), reason));
        ObjectNode json = Json.object(revision.scope());
        Json.putRevision(json, revision);
        return Answer.done(json, text(revision));
    }

    private static String text(Revision revision) {
        String state = revision.operation().kind().equals("unhold")
                ? "No hold: ships to %s are allowed again.%n"
                : "There was no hold on %s, and nothing was changed: ships are allowed.%n";
        String quarantine = revision.quarantined().isEmpty()
                ? ""
                : "What was rolled back stays in quarantine: the same artifacts are refused without --force.%n";
        return String.format(
                state + "Release %d is still current. Next: `recsys ship` with a mended build.%n" + quarantine,
                revision.scope(),
                revision.release());
    }
}
