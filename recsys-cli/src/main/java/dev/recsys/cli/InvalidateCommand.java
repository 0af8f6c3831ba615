package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.postgres.Applied;
import dev.recsys.postgres.ControlEditor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "invalidate",
        description =
                "Tells all processes to ask for the release and for what is configured anew, and lists which of them"
                        + " did.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class InvalidateCommand extends Action {
    @Mixin
    private EditOptions edit;

    @Mixin
    private PlaceOptions place;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long to wait for processes to say that they did (default: 2).")
    private int waitSeconds = 2;

    @Override
    Answer run() {
        return edit.with(this::invalidate);
    }

    private Answer invalidate(ControlEditor editor) {
        long number = editor.invalidate(place.place(), edit.reason());
        sleep(Duration.ofSeconds(waitSeconds));
        List<Applied> applied = editor.applied(place.place(), number);
        ObjectNode json = place.json().put("invalidation", number);
        ArrayNode all = json.putArray("applied");
        TextTable table = new TextTable("PROCESS", "APPLIED AT");
        for (Applied one : applied) {
            all.addObject().put("instance", one.instance()).put("at", one.at().toString());
            table.row(one.instance(), one.at());
        }
        return Answer.done(
                json,
                String.format(
                                "Invalidation %d of %s: applied by %d processes so far.%n",
                                number, place.place(), applied.size())
                        + (applied.isEmpty() ? "" : table.toString()));
    }

    private static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
