package dev.recsys.table;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Small tables for tests. */
final class Tables {
    static final TableInfo INFO = new TableInfo(new Scope("acme", "home"), ArtifactType.COOC, "sku");

    private Tables() {}

    interface Content {
        void write(TableWriter table) throws IOException;
    }

    static Path write(Path file, TableForm form, RowKeys rowKeys, Content content) throws IOException {
        try (TableWriter table = TableWriter.create(file, INFO, form, rowKeys)) {
            content.write(table);
            table.finish();
        }
        return file;
    }

    /** A table of three rows with ids of several lengths, so that every section and every padding is there. */
    static Path small(Path file, TableForm form, RowKeys rowKeys) throws IOException {
        return write(file, form, rowKeys, table -> {
            table.row("a", List.of(entry("bb", 3), entry("ccc", 1.5f)));
            table.row("bb", List.of(entry("a", 7)));
            table.row("ccc", List.of(entry("a", 0.25f), entry("bb", 0.125f), entry("d", 0)));
        });
    }

    static ScoredItem entry(String item, float score) {
        return new ScoredItem(item, score);
    }
}
