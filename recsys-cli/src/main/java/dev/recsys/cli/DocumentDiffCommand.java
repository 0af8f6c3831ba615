package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.NotFoundException;
import dev.recsys.cli.DocumentGroup.Documents;
import dev.recsys.postgres.ControlEditor;
import dev.recsys.postgres.DocumentEditor;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "diff", description = "Shows what differs between two versions, by path.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DocumentDiffCommand extends DocumentAction {
    @Mixin
    private DatabaseOptions database;

    @Option(names = "--from", required = true, paramLabel = "VERSION", description = "The one, as history lists it.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "VERSION", description = "The other.")
    private String to;

    @Override
    <T> Answer run(Documents<T> documents) {
        Map<String, String> before = EditOptions.reading(database, editor -> leaves(documents, editor, from));
        Map<String, String> after = EditOptions.reading(database, editor -> leaves(documents, editor, to));
        ObjectNode json = about().put("from", from).put("to", to);
        ArrayNode changes = json.putArray("changes");
        StringBuilder text = new StringBuilder();
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (String path : paths) {
            String old = before.getOrDefault(path, "-");
            String now = after.getOrDefault(path, "-");
            if (!old.equals(now)) {
                ObjectNode change = changes.addObject().put("path", path);
                change.set("from", before.containsKey(path) ? JsonTree.of(old) : null);
                change.set("to", after.containsKey(path) ? JsonTree.of(now) : null);
                text.append(String.format("%s: %s -> %s%n", path, old, now));
            }
        }
        return Answer.done(json, text.isEmpty() ? String.format("Nothing differs.%n") : text.toString());
    }

    private <T> Map<String, String> leaves(Documents<T> documents, ControlEditor editor, String version) {
        DocumentEditor<T> found = documents.editor().apply(editor);
        return found.version(place().place(), version)
                .map(value -> JsonTree.leaves(documents.write().apply(value)))
                .orElseThrow(() -> new NotFoundException("Tenant "
                        + place().place().tenant() + " never had version " + version + ". Look at the history."));
    }
}
