package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.controls.FileControls;
import dev.recsys.controls.InvalidDocumentException.Problem;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "check-controls",
        description =
                "Reads a folder of configurations, rules and items' attributes, and names everything that is wrong by"
                        + " its path (exit 2). Changes nothing.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class CheckControlsCommand extends Action {
    @Option(names = "--controls", required = true, paramLabel = "DIR", description = "The folder.")
    private Path folder;

    @Override
    Answer run() {
        List<Problem> problems = FileControls.check(folder);
        return new Answer(problems.isEmpty() ? ExitCode.DONE : ExitCode.USAGE, json(problems), text(problems));
    }

    private static ObjectNode json(List<Problem> problems) {
        ObjectNode json = Json.object().put("sound", problems.isEmpty());
        ArrayNode all = json.putArray("problems");
        problems.forEach(problem -> all.addObject().put("path", problem.path()).put("detail", problem.detail()));
        return json;
    }

    private String text(List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append(String.format("%s%n", problem)));
        return text.append(String.format(
                        "%s is %s.%n",
                        folder, problems.isEmpty() ? "sound" : "not sound; a process that starts with it is refused"))
                .toString();
    }
}
