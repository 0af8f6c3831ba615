package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.log.LogEraser;
import dev.recsys.log.LogEraser.Erased;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "forget",
        description =
                "Removes the lines of a person from the files of a log. Exits 2 if somebody still writes to one of"
                        + " them, which is then left: run it again when that has ended. For the database: user forget.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class LogForgetCommand extends Action {
    @Option(names = "--folder", required = true, paramLabel = "DIR", description = "The folder of the log.")
    private Path folder;

    @Mixin
    private NamesOptions person;

    @Override
    Answer run() throws IOException {
        Erased erased = LogEraser.of(folder).erase(person.tenant(), Set.copyOf(person.names()));
        ObjectNode json = Json.object()
                .put("tenant", person.tenant())
                .put("lines", erased.lines())
                .put("files", erased.files())
                .put("unreadable", erased.unreadable());
        ArrayNode inUse = json.putArray("in_use");
        erased.inUse().forEach(file -> inUse.add(file.toString()));
        return new Answer(erased.inUse().isEmpty() ? ExitCode.DONE : ExitCode.USAGE, json, text(erased));
    }

    private static String text(Erased erased) {
        StringBuilder text =
                new StringBuilder(String.format("%d lines in %d files are removed.%n", erased.lines(), erased.files()));
        if (erased.unreadable() > 0) {
            text.append(String.format("%d lines cannot be read and stay.%n", erased.unreadable()));
        }
        for (Path file : erased.inUse()) {
            text.append(String.format(
                    "%s is written to and left. Run this again once it has ended, within an hour by default.%n", file));
        }
        return text.toString();
    }
}
