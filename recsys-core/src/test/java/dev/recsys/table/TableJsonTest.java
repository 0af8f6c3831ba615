package dev.recsys.table;

import static dev.recsys.table.Tables.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableJsonTest {
    @TempDir
    Path folder;

    @Test
    void theExportHoldsEveryFilledRow() throws IOException {
        Path file = Tables.write(folder.resolve("t.rst"), TableForm.EXACT, RowKeys.ITEMS, table -> {
            table.row("a", List.of(entry("b\"\\", 1.5f), entry("c", 2)));
            table.row("c", List.of());
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        TableJson.export(Table.open(file), out);

        JsonNode json = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(json.path("tenant").asText()).isEqualTo("acme");
        assertThat(json.path("form").asText()).isEqualTo("exact");
        assertThat(json.path("items").asInt()).isEqualTo(3);
        assertThat(json.path("rows").size()).isEqualTo(1);
        assertThat(json.at("/rows/0/key").asText()).isEqualTo("a");
        assertThat(json.at("/rows/0/entries/0/item_id").asText()).isEqualTo("c");
        assertThat(json.at("/rows/0/entries/1/item_id").asText()).isEqualTo("b\"\\");
        assertThat(json.at("/rows/0/entries/1/score").asDouble()).isEqualTo(1.5);
    }
}
