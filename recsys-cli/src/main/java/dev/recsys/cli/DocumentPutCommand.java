package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.cli.DocumentGroup.Documents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "put",
        description = "Checks a document and puts it in force for everybody, if what it replaces is still in force.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DocumentPutCommand extends DocumentAction {
    @Mixin
    private EditOptions edit;

    @Mixin
    private MatchOption match;

    @Parameters(paramLabel = "FILE", description = "The document; - for standard input.")
    private String file;

    @Override
    <T> Answer run(Documents<T> documents) throws Exception {
        byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        T document = documents.read().apply(new String(bytes, StandardCharsets.UTF_8));
        String version = edit.with(editor ->
                documents.editor().apply(editor).put(place().place(), document, match.version(), edit.reason()));
        ObjectNode json = about().put("version", version).put("replaced", match.version());
        return Answer.done(json, String.format("In force for %s: %s.%n", place().place(), version));
    }
}
