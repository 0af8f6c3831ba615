package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.postgres.TenantEntry;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Lists the tenants, whether they are active, and where they are served from.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class TenantListCommand extends Action {
    @Mixin
    private DatabaseOptions database;

    @Override
    Answer run() {
        List<TenantEntry> tenants =
                EditOptions.reading(database, editor -> editor.tenants().list());
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("tenants");
        TextTable table = new TextTable("TENANT", "STATUS", "SERVED FROM", "SINCE");
        for (TenantEntry entry : tenants) {
            String status = word(entry.tenant().status());
            String serving = word(entry.tenant().serving());
            all.addObject()
                    .put("tenant", entry.name())
                    .put("status", status)
                    .put("serving", serving)
                    .put("created_at", entry.createdAt().toString());
            table.row(entry.name(), status, serving, entry.createdAt());
        }
        return Answer.done(
                json,
                tenants.isEmpty()
                        ? String.format("There are no tenants yet: recsys tenant create.%n")
                        : table.toString());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
