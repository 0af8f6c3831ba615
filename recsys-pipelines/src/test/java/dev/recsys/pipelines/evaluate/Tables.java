package dev.recsys.pipelines.evaluate;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableInfo;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Tables for tests. */
final class Tables {
    private Tables() {}

    /** Neighbours among items i0 to i49, with scores that repeat, so that there are ties. */
    static Map<String, List<ScoredItem>> randomRows(Random random) {
        Map<String, List<ScoredItem>> rows = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            List<ScoredItem> row = new ArrayList<>();
            for (int j = 0; j < 50; j++) {
                if (j != i && random.nextInt(3) == 0) {
                    row.add(new ScoredItem("i" + j, random.nextInt(6) / 4f));
                }
            }
            rows.put("i" + i, row);
        }
        return rows;
    }

    static Table neighbours(Path file, ArtifactType type, Map<String, List<ScoredItem>> rows) throws IOException {
        return write(file, type, RowKeys.ITEMS, rows);
    }

    static Table popularity(Path file, List<ScoredItem> items) throws IOException {
        return write(file, ArtifactType.POPULARITY, RowKeys.LABELS, Map.of("", items));
    }

    private static Table write(Path file, ArtifactType type, RowKeys keys, Map<String, List<ScoredItem>> rows)
            throws IOException {
        TableInfo info = new TableInfo(new Scope("acme", "home"), type, "sku");
        try (TableWriter table = TableWriter.create(file, info, TableForm.EXACT, keys)) {
            for (Map.Entry<String, List<ScoredItem>> row : new TreeMap<>(rows).entrySet()) {
                table.row(row.getKey(), row.getValue());
            }
            table.finish();
        }
        return Table.open(file);
    }
}
