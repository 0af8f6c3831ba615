package dev.recsys.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code docs/format.md} says of the table's bytes is true. */
class TableFormatDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "format.md");
    private static final TableInfo INFO = new TableInfo(new Scope("acme", "home"), ArtifactType.COOC, "sku");

    @TempDir
    private Path directory;

    private interface Content {
        void write(TableWriter table) throws IOException;
    }

    private byte[] write(TableForm form, RowKeys rowKeys, Content content) throws IOException {
        Path file = directory.resolve("table.rst");
        try (TableWriter table = TableWriter.create(file, INFO, form, rowKeys)) {
            content.write(table);
            table.finish();
        }
        return Files.readAllBytes(file);
    }

    private static ScoredItem scored(String item, float score) {
        return new ScoredItem(item, score);
    }

    /** The rows as the library reads them. */
    private Map<String, List<ScoredItem>> rows() throws IOException {
        Table table = Table.open(directory.resolve("table.rst"));
        Map<String, List<ScoredItem>> rows = new LinkedHashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            List<ScoredItem> entries = table.row(table.rowKey(row));
            if (!entries.isEmpty()) {
                rows.put(table.rowKey(row), entries);
            }
        }
        return rows;
    }

    private void assertReadAlike(byte[] file) throws IOException {
        DocumentedReader documented = new DocumentedReader(file);
        assertThat(documented.rows()).isEqualTo(rows());
        assertThat(documented.filledRows()).isEqualTo(documented.rows().size());
        assertThat(documented.info())
                .isEqualTo(
                        "{\"tenant\":\"acme\",\"surface\":\"home\",\"type\":\"cooc\",\"compatibility_group\":\"sku\"}");
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void aTableOfNeighboursIsReadAlike(TableForm form) throws IOException {
        byte[] file = write(form, RowKeys.ITEMS, table -> {
            table.row("tea", List.of(scored("pot", 1), scored("cup", 0.5f), scored("Öl 🫖", 0.001f)));
            table.row("pot", List.of(scored("tea", 3), scored("cup", 3), scored("mat", 0)));
            table.row("mat", List.of());
        });

        assertThat(new DocumentedReader(file).items()).containsExactly("pot", "cup", "Öl 🫖", "tea", "mat");
        assertThat(new DocumentedReader(file).isPacked()).isEqualTo(form == TableForm.PACKED);
        assertReadAlike(file);
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void aTableWithLabelsIsReadAlike(TableForm form) throws IOException {
        byte[] file = write(form, RowKeys.LABELS, table -> {
            table.row("", List.of(scored("tea", 12), scored("cup", 7)));
            table.row("garden-lovers", List.of(scored("hose", 2)));
        });

        assertThat(new DocumentedReader(file).rows()).containsOnlyKeys("", "garden-lovers");
        assertReadAlike(file);
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void anEmptyTableIsReadAlike(TableForm form) throws IOException {
        assertReadAlike(write(form, RowKeys.ITEMS, table -> {}));
        Files.delete(directory.resolve("table.rst"));
        assertReadAlike(write(form, RowKeys.LABELS, table -> {}));
    }

    @Test
    void theExampleInTheDocumentIsWhatTheLibraryWrites() throws IOException {
        byte[] file = write(TableForm.PACKED, RowKeys.ITEMS, table -> {
            table.row("tea", List.of(scored("pot", 1), scored("cup", 0.5f)));
        });

        assertThat(Files.readString(DOCUMENT)).contains(dump(file));
    }

    /** Sixteen bytes a line; lines that are all zero are left out, as the document says. */
    private static String dump(byte[] file) {
        StringBuilder dump = new StringBuilder();
        for (int at = 0; at < file.length; at += 16) {
            StringBuilder hex = new StringBuilder();
            StringBuilder text = new StringBuilder();
            boolean empty = true;
            for (int i = at; i < Math.min(file.length, at + 16); i++) {
                hex.append(String.format(Locale.ROOT, " %02x", file[i]));
                text.append(file[i] >= ' ' && file[i] < 127 ? (char) file[i] : '.');
                empty &= file[i] == 0;
            }
            if (!empty) {
                dump.append(String.format(Locale.ROOT, "%04x %-48s  %s\n", at, hex, text));
            }
        }
        return dump.toString();
    }
}
