package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.NotFoundException;
import dev.recsys.cli.DocumentGroup.Documents;
import dev.recsys.control.Versioned;
import dev.recsys.postgres.DocumentEditor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "get",
        description = "Prints what is in force, and its version, which the next put names: the place's own, else its"
                + " tenant's, else the default.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DocumentGetCommand extends DocumentAction {
    @Mixin
    private DatabaseOptions database;

    @Option(
            names = "--version-of",
            paramLabel = "VERSION",
            description = "Print this version, which was in force once.")
    private @Nullable String version;

    @Override
    <T> Answer run(Documents<T> documents) {
        Versioned<T> found =
                EditOptions.reading(database, editor -> find(documents.editor().apply(editor)));
        String text = documents.write().apply(found.value());
        ObjectNode json = about().put("version", found.version());
        json.set("document", JsonTree.of(text));
        terminal().err().println("version " + found.version());
        return Answer.done(json, JsonTree.pretty(text) + System.lineSeparator());
    }

    private <T> Versioned<T> find(DocumentEditor<T> documents) {
        if (version == null) {
            return documents.inForce(place().place());
        }
        String asked = version;
        return documents
                .version(place().place(), asked)
                .map(value -> new Versioned<>(asked, value))
                .orElseThrow(() -> new NotFoundException("Tenant "
                        + place().place().tenant() + " never had version " + asked + ". Look at the history."));
    }
}
