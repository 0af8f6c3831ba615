package dev.recsys.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import dev.recsys.table.TableJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table of neighbours from its file into memory, checked, against its JSON export by Jackson into a hash map. */
final class LoadWork {
    private static final ObjectReader JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build()
            .readerFor(Export.class);

    private final Path binary;
    private final Path json;

    /**
     * Writes both files and checks that both hold the same rows.
     *
     * @throws IllegalStateException if they do not
     */
    LoadWork(Path folder, int items) throws IOException {
        new SyntheticShop(items).write(folder);
        this.binary = folder.resolve("cooc.rst");
        this.json = folder.resolve("cooc.json");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(json))) {
            TableJson.export(Table.open(binary), out);
        }
        requireEqualRows();
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Export(List<Row> rows) {}

    private record Row(String key, List<ScoredItem> entries) {}

    Table recsys() throws IOException {
        return Table.open(binary);
    }

    Map<String, List<ScoredItem>> jackson() throws IOException {
        Export export = JSON.readValue(json.toFile());
        Map<String, List<ScoredItem>> rows = new HashMap<>();
        export.rows().forEach(row -> rows.put(row.key(), row.entries()));
        return rows;
    }

    /** Returns what both files take on the disk. */
    String sizes() throws IOException {
        return "binary " + Files.size(binary) + " bytes, JSON " + Files.size(json) + " bytes";
    }

    private void requireEqualRows() throws IOException {
        Table table = recsys();
        Map<String, List<ScoredItem>> rows = jackson();
        for (int row = 0; row < table.rowCount(); row++) {
            String key = table.rowKey(row);
            if (!table.row(key).equals(rows.getOrDefault(key, List.of()))) {
                throw new IllegalStateException(
                        "row " + key + " is " + table.row(key) + " in the table and " + rows.get(key) + " in the JSON");
            }
        }
    }
}
