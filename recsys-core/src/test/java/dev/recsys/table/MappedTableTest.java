package dev.recsys.table;

import static dev.recsys.table.Tables.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedTableTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"PACKED,ITEMS", "EXACT,ITEMS", "PACKED,LABELS", "EXACT,LABELS"})
    void aMappedTableSaysWhatAnOpenedOneSays(TableForm form, RowKeys rowKeys) throws IOException {
        Path file = Tables.small(folder.resolve("t.rst"), form, rowKeys);

        Table opened = Table.open(file);
        Table mapped = Table.map(file);

        assertThat(mapped.isMapped()).isTrue();
        assertThat(opened.isMapped()).isFalse();
        assertThat(mapped.form()).isEqualTo(form);
        assertThat(mapped.entryCount()).isEqualTo(opened.entryCount());
        assertThat(mapped.coveredItems()).isEqualTo(opened.coveredItems());
        for (int row = 0; row < opened.rowCount(); row++) {
            assertThat(mapped.row(mapped.rowKey(row))).isEqualTo(opened.row(opened.rowKey(row)));
        }
    }

    @ParameterizedTest
    @CsvSource({"PACKED,4", "EXACT,8"})
    void theEntriesAreNotOnTheHeap(TableForm form, int entryBytes) throws IOException {
        Path file = Tables.small(folder.resolve("t.rst"), form, RowKeys.ITEMS);
        Table opened = Table.open(file);

        assertThat(Table.map(file).heapBytes()).isEqualTo(opened.heapBytes() - (long) entryBytes * opened.entryCount());
    }

    @Test
    void theFileMayBeDeletedWhileItIsMapped() throws IOException {
        Path file = Tables.small(folder.resolve("t.rst"), TableForm.PACKED, RowKeys.ITEMS);
        Table mapped = Table.map(file);
        List<ScoredItem> before = mapped.row("a");

        Files.delete(file);

        assertThat(mapped.row("a")).isEqualTo(before);
    }

    @Test
    void aTableWithoutEntriesIsNotMapped() throws IOException {
        Path file = Tables.write(folder.resolve("t.rst"), TableForm.PACKED, RowKeys.ITEMS, table -> table.item("a"));

        assertThat(Table.map(file).isMapped()).isFalse();
    }

    @Test
    void theTableWithTheMostEntriesKeepsItsMappingAlsoWhenOthersHaveMoreItems() throws IOException {
        Table popularity = Table.map(Tables.write(
                folder.resolve("p.rst"), TableForm.EXACT, RowKeys.LABELS, table -> table.row("", row("dcbaxyz"))));
        Table cooc = Table.map(Tables.write(folder.resolve("c.rst"), TableForm.PACKED, RowKeys.ITEMS, table -> {
            table.row("a", row("bcd"));
            table.row("b", row("acd"));
            table.row("c", row("abd"));
        }));
        Catalogue catalogue = Catalogue.of(List.of(popularity, cooc));

        Table kept = cooc.renumbered(catalogue);
        Table copied = popularity.renumbered(catalogue);

        assertThat(kept.isMapped()).isTrue();
        assertThat(copied.isMapped()).isFalse();
        assertThat(kept.rowCount()).as("a row for each item of the catalogue").isEqualTo(7);
        assertThat(kept.row("x")).isEmpty();
        assertThat(kept.row("a")).isEqualTo(cooc.row("a"));
        assertThat(copied.row("")).isEqualTo(popularity.row(""));
    }

    @Test
    void aTableThatIsKeptOverReleasesKeepsItsMapping() throws IOException {
        Table cooc = Table.map(Tables.small(folder.resolve("c.rst"), TableForm.PACKED, RowKeys.ITEMS));
        Table other = Table.open(Tables.write(
                folder.resolve("p.rst"), TableForm.EXACT, RowKeys.LABELS, table -> table.row("", row("x"))));
        Table another = Table.open(Tables.write(
                folder.resolve("q.rst"), TableForm.EXACT, RowKeys.LABELS, table -> table.row("", row("y"))));
        Table first = cooc.renumbered(Catalogue.of(List.of(cooc, other)));

        Catalogue later = Catalogue.of(List.of(first, another));
        Table second = first.renumbered(later);

        assertThat(later.indexOf("x")).isNegative();
        assertThat(second.isMapped()).isTrue();
        assertThat(second.row("ccc")).isEqualTo(cooc.row("ccc"));
        assertThat(second.row("y")).isEmpty();
    }

    private static List<ScoredItem> row(String items) {
        List<ScoredItem> row = new ArrayList<>();
        for (int i = 0; i < items.length(); i++) {
            row.add(entry(items.substring(i, i + 1), items.length() - i));
        }
        return row;
    }
}
