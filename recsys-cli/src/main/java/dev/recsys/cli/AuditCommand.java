package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.postgres.AuditEntry;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "Lists every change of a tenant, ships and rollbacks included, the newest first.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class AuditCommand extends Action {
    @Mixin
    private DatabaseOptions database;

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "The tenant.")
    private String tenant;

    @Option(names = "--limit", paramLabel = "N", description = "List only the newest N (default: 20).")
    private int limit = 20;

    @Override
    Answer run() {
        List<AuditEntry> entries = EditOptions.reading(database, editor -> editor.audit(tenant, limit));
        ObjectNode json = Json.object().put("tenant", tenant);
        ArrayNode all = json.putArray("entries");
        TextTable table = new TextTable("WHEN", "WHERE", "WHAT", "BEFORE", "AFTER", "BY", "REASON");
        for (AuditEntry entry : entries) {
            all.addObject()
                    .put("id", entry.id())
                    .put("at", entry.at().toString())
                    .put("surface", entry.surface())
                    .put("by", entry.actor())
                    .put("kind", entry.kind())
                    .put("action", entry.action())
                    .put("before", entry.before())
                    .put("after", entry.after())
                    .put("reason", entry.reason())
                    .put("change", entry.change());
            table.row(
                    entry.at(),
                    entry.surface().isEmpty() ? entry.tenant() : entry.tenant() + "/" + entry.surface(),
                    entry.kind() + " " + entry.action(),
                    shortened(entry.before()),
                    shortened(entry.after()),
                    entry.actor(),
                    entry.reason());
        }
        return Answer.done(json, table.toString());
    }

    /** A version by its beginning, for people; machines get all of it. */
    private static String shortened(String text) {
        if (text.isEmpty()) {
            return "-";
        }
        return text.startsWith("sha256-") ? text.substring(0, 19) : text;
    }
}
