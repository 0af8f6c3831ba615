package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.cli.DocumentGroup.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "clear",
        description = "Takes away what a place has of its own: what its tenant has holds, or the default.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DocumentClearCommand extends DocumentAction {
    @Mixin
    private EditOptions edit;

    @Mixin
    private MatchOption match;

    @Override
    <T> Answer run(Documents<T> documents) {
        String version = edit.with(
                editor -> documents.editor().apply(editor).clear(place().place(), match.version(), edit.reason()));
        ObjectNode json = about().put("version", version).put("replaced", match.version());
        return Answer.done(
                json, String.format("%s has nothing of its own; in force is %s.%n", place().place(), version));
    }
}
