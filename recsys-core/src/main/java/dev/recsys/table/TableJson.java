package dev.recsys.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a table as JSON for people and their tools; recsys itself never reads it back. */
public final class TableJson {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private TableJson() {}

    /**
     * Writes {@code {"tenant","surface","type","compatibility_group","form","items","rows":[{"key","entries":
     * [{"item_id","score"}]}]}}; rows in the table's order, empty ones left out, a row a line.
     *
     * @param out receives UTF-8 and stays open
     * @throws IOException if {@code out} fails
     */
    public static void export(Table table, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("tenant", table.info().scope().tenant());
            json.writeStringField("surface", table.info().scope().surface());
            json.writeStringField("type", table.info().type().name());
            json.writeStringField("compatibility_group", table.info().compatibilityGroup());
            json.writeStringField("form", table.form() == TableForm.PACKED ? "packed" : "exact");
            json.writeNumberField("items", table.itemCount());
            json.writeArrayFieldStart("rows");
            for (int row = 0; row < table.rowCount(); row++) {
                if (table.rowEnd(row) > table.rowStart(row)) {
                    json.writeRaw('\n');
                    exportRow(table, row, json);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void exportRow(Table table, int row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", table.rowKey(row));
        json.writeArrayFieldStart("entries");
        for (int position = table.rowStart(row); position < table.rowEnd(row); position++) {
            json.writeStartObject();
            json.writeStringField("item_id", table.itemId(table.item(position)));
            json.writeNumberField("score", table.score(row, position));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
