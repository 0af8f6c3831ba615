package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.publish.Resolution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "resume",
        description = "Finds out what became of an operation with an unknown outcome, and finishes it.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class ResumeCommand extends Action {
    @Mixin
    private PublisherOptions publisher;

    @ArgGroup(multiplicity = "1")
    private Handle handle;

    @Option(names = "--abort", description = "Make sure that it never takes effect, rather than finishing it.")
    private boolean abort;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is aborted; recorded.")
    private String reason = "aborted by recsys resume --abort";

    /** The handle itself, or the file it was saved to. */
    static final class Handle {
        @Option(names = "--handle", required = true, paramLabel = "TEXT", description = "The handle.")
        private @Nullable String text;

        @Option(names = "--handle-file", required = true, paramLabel = "FILE", description = "A file that holds it.")
        private @Nullable Path file;

        String read() throws IOException {
            if (text != null) {
                return text;
            }
            if (file == null) {
                throw new IllegalArgumentException("name the handle with --handle or --handle-file");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        }
    }

    @Override
    Answer run() throws IOException {
        String text = handle.read();
        Resolution resolution = publisher.with(opened -> abort ? opened.abort(text, reason) : opened.resume(text));
        Resolution.Outcome outcome = resolution.outcome();
        ObjectNode json = Json.object(resolution.revision().scope());
        json.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
        Json.putRevision(json, resolution.revision());
        return new Answer(exitCode(outcome), json, explain(resolution));
    }

    private static int exitCode(Resolution.Outcome outcome) {
        return outcome == Resolution.Outcome.LOST ? ExitCode.CONFLICT : ExitCode.DONE;
    }

    private static String explain(Resolution resolution) {
        String revision =
                resolution.revision().epoch() + "/" + resolution.revision().seq();
        return switch (resolution.outcome()) {
            case COMMITTED -> String.format("Committed, as revision %s.%n", revision);
            case ABORTED -> String.format("Aborted: revision %s fences it off; it never takes effect.%n", revision);
            case LOST ->
                String.format(
                        "Lost: revision %s is a %s by %s (%s); it never takes effect.%n",
                        revision,
                        resolution.revision().operation().kind(),
                        resolution.revision().operation().by(),
                        resolution.revision().operation().reason());
        };
    }
}
