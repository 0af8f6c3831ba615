package dev.recsys.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    @TempDir
    private Path folder;

    private Table table(String name, String... items) throws IOException {
        return Table.open(Tables.write(folder.resolve(name), TableForm.PACKED, RowKeys.ITEMS, table -> {
            for (String item : items) {
                table.item(item);
            }
            table.row(items[0], List.of(Tables.entry(items[1], 1)));
        }));
    }

    @Test
    void tablesOfTheSameItemsKeepTheirIdsOnce() throws IOException {
        Table one = table("one", "a", "bb", "ccc");
        Table other = table("other", "a", "bb", "ccc");
        Catalogue catalogue = Catalogue.of(List.of(one, other));

        List<Table> tables = List.of(one.renumbered(catalogue), other.renumbered(catalogue));

        assertThat(tables).allSatisfy(table -> {
            assertThat(table.ids()).isSameAs(catalogue.ids());
            assertThat(table.ownIds()).isSameAs(catalogue.ids());
        });
    }

    @Test
    void aTableOfFewerItemsKnowsWhichAreItsOwn() throws IOException {
        Table large = table("large", "a", "bb", "ccc");
        Table small = table("small", "a", "bb");
        Catalogue catalogue = Catalogue.of(List.of(large, small));

        Table renumbered = small.renumbered(catalogue);

        assertThat(renumbered.itemCount()).isEqualTo(3);
        assertThat(renumbered.ownIds().size()).isEqualTo(2);
    }

    @Test
    void theSameItemsInAnotherOrderStayATableOfItsOwnNumbers() throws IOException {
        Table one = table("one", "a", "bb", "ccc");
        Table other = table("other", "ccc", "a", "bb");
        Catalogue catalogue = Catalogue.of(List.of(one, other));

        Table renumbered = other.renumbered(catalogue);

        assertThat(renumbered.ownIds()).isSameAs(other.ownIds());
        assertThat(renumbered.row("ccc")).containsExactlyElementsOf(other.row("ccc"));
    }
}
