package dev.recsys.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** JSON as one writes it without a second thought: an object of lists of {@code {"item_id", "score"}}, bound by Jackson to a map. */
record JsonForm(String name) implements ArtifactForm {
    /** Made once and only by who reads JSON. */
    private static final class Mapper {
        static final JsonMapper JSON = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        static final ObjectReader READER = JSON.readerFor(new TypeReference<Map<String, List<ScoredItem>>>() {});
    }

    @Override
    public void write(Table exact, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                JsonGenerator json = Mapper.JSON.createGenerator(out)) {
            json.writeStartObject();
            for (int row = 0; row < exact.rowCount(); row++) {
                json.writeArrayFieldStart(exact.rowKey(row));
                for (int position = exact.rowStart(row); position < exact.rowEnd(row); position++) {
                    json.writeStartObject();
                    json.writeStringField("item_id", exact.itemId(exact.item(position)));
                    json.writeNumberField("score", exact.score(row, position));
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
    }

    @Override
    public Neighbours load(Path file) throws IOException {
        Map<String, List<ScoredItem>> rows = Mapper.READER.readValue(file.toFile());
        return id -> rows.getOrDefault(id, List.of());
    }

    @Override
    public double tolerance() {
        return 0;
    }
}
