package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.log.LogEraser;
import dev.recsys.log.LogEraser.Erased;
import dev.recsys.log.LogEraser.Failed;
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
                        + " them, which is then left: run it again when that has ended; or if lines are under keys that"
                        + " are not given. Exits 7 if a file is damaged, after all others are done. For the database:"
                        + " user forget.")
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
        ArrayNode failed = json.putArray("failed");
        erased.failed()
                .forEach(one -> failed.addObject()
                        .put("file", one.file().toString())
                        .put("damaged", one.isDamaged())
                        .put("reason", one.reason()));
        ArrayNode unknownKeys = json.putArray("unknown_keys");
        erased.unknownKeys().forEach(unknownKeys::add);
        return new Answer(exitCode(erased), json, text(erased));
    }

    private static int exitCode(Erased erased) {
        if (erased.failed().stream().anyMatch(Failed::isDamaged)) {
            return ExitCode.DAMAGE;
        }
        return erased.isComplete() ? ExitCode.DONE : ExitCode.USAGE;
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
        erased.failed().forEach(one -> text.append(text(one)));
        if (!erased.unknownKeys().isEmpty()) {
            text.append(String.format(
                    "There are lines of the tenant under keys that --keys does not have: %s. Whose they are is not known."
                            + " Add these keys and run this again; if they are destroyed, nobody can tell, and the lines"
                            + " leave with their files.%n",
                    String.join(", ", erased.unknownKeys())));
        }
        if (erased.lines() == 0 && erased.isComplete()) {
            text.append(String.format("No line is of this person; every key of the tenant's lines was tried.%n"));
        }
        return text.toString();
    }

    private static String text(Failed failed) {
        String format = failed.isDamaged()
                ? "%s is damaged and stays as it is: %s. Repair it or delete it, then run this again.%n"
                : "%s stays as it is: %s. Mend that, then run this again.%n";
        return String.format(format, failed.file(), failed.reason());
    }
}
