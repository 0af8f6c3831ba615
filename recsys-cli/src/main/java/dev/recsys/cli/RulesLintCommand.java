package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.control.RuleSet;
import dev.recsys.controls.InvalidDocumentException;
import dev.recsys.controls.InvalidDocumentException.Problem;
import dev.recsys.controls.RuleSetDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "lint",
        description =
                "Checks a file of rules as put would, and names everything that is wrong by its path (exit 2), and"
                        + " rules that are over. Asks no database.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class RulesLintCommand extends Action {
    @Parameters(paramLabel = "FILE", description = "The rules.")
    private Path file;

    @Override
    Answer run() throws IOException {
        try {
            return sound(RuleSetDocument.read(Files.readAllBytes(file)));
        } catch (InvalidDocumentException e) {
            return wrong(e.problems());
        }
    }

    private Answer sound(RuleSet rules) {
        Instant now = Instant.now();
        List<String> over = rules.rules().stream()
                .filter(rule -> rule.until().map(until -> !until.isAfter(now)).orElse(false))
                .map(rule -> rule.id())
                .toList();
        ObjectNode json = Json.object().put("sound", true);
        json.putArray("problems");
        over.forEach(json.putArray("over")::add);
        String hint = over.isEmpty() ? "" : " These are over and can go: " + String.join(", ", over) + ".";
        return Answer.done(
                json,
                String.format("%s is sound: %d rules.%s%n", file, rules.rules().size(), hint));
    }

    private Answer wrong(List<Problem> problems) {
        ObjectNode json = Json.object().put("sound", false);
        ArrayNode all = json.putArray("problems");
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems) {
            all.addObject().put("path", problem.path()).put("detail", problem.detail());
            text.append(String.format("%s%n", problem));
        }
        return new Answer(ExitCode.USAGE, json, text + String.format("%s is not sound; put refuses it.%n", file));
    }
}
