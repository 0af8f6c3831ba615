package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.cli.DocumentGroup.Documents;
import dev.recsys.postgres.DocumentRevision;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "history", description = "Lists what came into force for exactly this place, the newest first.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DocumentHistoryCommand extends DocumentAction {
    @Mixin
    private DatabaseOptions database;

    @Option(names = "--limit", paramLabel = "N", description = "List only the newest N (default: 20).")
    private int limit = 20;

    @Override
    <T> Answer run(Documents<T> documents) {
        List<DocumentRevision> revisions = EditOptions.reading(
                database, editor -> documents.editor().apply(editor).history(place().place(), limit));
        ObjectNode json = about();
        ArrayNode all = json.putArray("revisions");
        TextTable table = new TextTable("REVISION", "WHEN", "WHAT", "VERSION", "BY", "REASON");
        for (DocumentRevision revision : revisions) {
            all.addObject()
                    .put("revision", revision.revision())
                    .put("at", revision.at().toString())
                    .put("action", revision.action())
                    .put("version", revision.version().orElse(null))
                    .put("by", revision.actor())
                    .put("reason", revision.reason());
            table.row(
                    revision.revision(),
                    revision.at(),
                    revision.action(),
                    revision.version().orElse("-"),
                    revision.actor(),
                    revision.reason());
        }
        return Answer.done(
                json,
                revisions.isEmpty()
                        ? String.format("%s never had anything of its own.%n", place().place())
                        : table.toString());
    }
}
