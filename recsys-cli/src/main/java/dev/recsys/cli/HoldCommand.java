package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Revision;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "hold", description = "Refuses ships until unhold, or until a time; rollbacks stay possible.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class HoldCommand extends Action {
    @Mixin
    private PublisherOptions publisher;

    @Mixin
    private ScopeOptions scope;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded.")
    private String reason;

    @Option(names = "--until", paramLabel = "INSTANT", description = "When it ends by itself, as 2026-01-31T00:00:00Z.")
    private @Nullable Instant until;

    @Override
    Answer run() throws IOException {
        Revision revision = publisher.with(
                opened -> opened.hold(scope.tenant(), scope.surface(), reason, Optional.ofNullable(until)));
        ObjectNode json = Json.object(revision.scope());
        Json.putRevision(json, revision);
        return Answer.done(
                json,
                String.format("Held: ships to %s are refused until `recsys unhold`%s.%n", revision.scope(), orUntil()));
    }

    private String orUntil() {
        return until == null ? "" : " or " + until;
    }
}
