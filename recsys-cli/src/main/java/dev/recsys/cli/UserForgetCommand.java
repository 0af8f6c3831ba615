package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.postgres.Forgotten;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description =
                "Removes all that a person did with a tenant, sees to it that nothing of it comes back, and says what"
                        + " remains elsewhere and until when. The reason stays in the audit: it must not name the person.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class UserForgetCommand extends Action {
    @Mixin
    private EditOptions edit;

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "The tenant.")
    private String tenant;

    @Option(
            names = "--mark-for",
            paramLabel = "DAYS",
            description =
                    "For how long nothing from before is written again, whoever still has it (default: 3650); no less"
                            + " than any process keeps histories.")
    private int markDays = 3_650;

    @Parameters(
            paramLabel = "USER",
            description = "The person's id; - reads it from standard input, where nobody else sees it.")
    private String user;

    @Override
    Answer run() throws IOException {
        String id = user.equals("-") ? line() : user;
        Forgotten forgotten = edit.with(editor -> editor.forget(tenant, id, edit.reason(), Duration.ofDays(markDays)));
        return Answer.done(json(forgotten), text(forgotten));
    }

    private static String line() throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isBlank()) {
            throw new IllegalArgumentException("standard input has no line with the person's id");
        }
        return line;
    }

    private ObjectNode json(Forgotten forgotten) {
        ObjectNode json = Json.object()
                .put("tenant", tenant)
                .put("at", forgotten.at().toString())
                .put("interactions", forgotten.interactions())
                .put("marked_until", forgotten.markedUntil().toString());
        ArrayNode shipped = json.putArray("shipped");
        forgotten
                .shipped()
                .forEach(one -> shipped.addObject()
                        .put("surface", one.surface())
                        .put("release", one.release())
                        .put("at", one.at().toString()));
        ArrayNode remains = json.putArray("remains");
        forgotten.remains().forEach(remains::add);
        return json;
    }

    private static String text(Forgotten forgotten) {
        StringBuilder text = new StringBuilder(
                String.format("%d interactions are removed. What remains elsewhere:%n", forgotten.interactions()));
        forgotten.remains().forEach(line -> text.append(String.format("- %s%n", line)));
        return text.toString();
    }
}
