package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.postgres.Forgotten;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "forget",
        description =
                "Removes all that a person did with a tenant, sees to it that nothing of it comes back, and says what"
                        + " remains elsewhere and until when. The reason stays in the audit: it must not name the person.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class UserForgetCommand extends Action {
    @Mixin
    private EditOptions edit;

    @Mixin
    private NamesOptions person;

    @Option(
            names = "--mark-for",
            paramLabel = "DAYS",
            description =
                    "For how long nothing from before is written again, whoever still has it (default: 3650); no less"
                            + " than any process keeps histories.")
    private int markDays = 3_650;

    @Override
    Answer run() throws IOException {
        List<String> names = person.names();
        Forgotten forgotten =
                edit.with(editor -> editor.forget(person.tenant(), names, edit.reason(), Duration.ofDays(markDays)));
        return Answer.done(json(forgotten), text(forgotten));
    }

    private ObjectNode json(Forgotten forgotten) {
        ObjectNode json = Json.object()
                .put("tenant", person.tenant())
                .put("at", forgotten.at().toString())
                .put("interactions", forgotten.interactions())
                .put("logged", forgotten.logged())
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
        StringBuilder text = new StringBuilder(String.format(
                "%d interactions and %d lines of logs are removed. What remains elsewhere:%n",
                forgotten.interactions(), forgotten.logged()));
        forgotten.remains().forEach(line -> text.append(String.format("- %s%n", line)));
        return text.toString();
    }
}
