package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.cli.DocumentGroup.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "rollback", description = "Puts in force what an earlier revision of this place put in force.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DocumentRollbackCommand extends DocumentAction {
    @Mixin
    private EditOptions edit;

    @Mixin
    private MatchOption match;

    @Option(names = "--to", required = true, paramLabel = "REVISION", description = "Its number, as history lists it.")
    private long revision;

    @Override
    <T> Answer run(Documents<T> documents) {
        String version = edit.with(editor ->
                documents.editor().apply(editor).rollback(place().place(), revision, match.version(), edit.reason()));
        ObjectNode json = about().put("version", version).put("replaced", match.version());
        return Answer.done(
                json,
                String.format("In force for %s again, from revision %d: %s.%n", place().place(), revision, version));
    }
}
