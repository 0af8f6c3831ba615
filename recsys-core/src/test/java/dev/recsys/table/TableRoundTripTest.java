package dev.recsys.table;

import static dev.recsys.table.Tables.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TableRoundTripTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}, {1}, {2}")
    @CsvSource({"1,PACKED,ITEMS", "2,EXACT,ITEMS", "3,PACKED,LABELS", "4,EXACT,LABELS", "5,EXACT,LABELS"})
    void randomRowsComeBackBestFirst(long seed, TableForm form, RowKeys rowKeys) throws IOException {
        Map<String, List<ScoredItem>> rows = randomRows(new Random(seed));
        Path file = Tables.write(folder.resolve("t.rst"), form, rowKeys, table -> {
            for (Map.Entry<String, List<ScoredItem>> row : rows.entrySet()) {
                table.row(row.getKey(), row.getValue());
            }
        });

        Table table = Table.open(file);

        assertThat(table.info()).isEqualTo(Tables.INFO);
        assertThat(table.form()).isEqualTo(form);
        assertThat(table.rowKeys()).isEqualTo(rowKeys);
        assertThat(table.filledRows()).isEqualTo((int)
                rows.values().stream().filter(row -> !row.isEmpty()).count());
        rows.forEach((key, row) -> assertSameRow(row, table.row(key), form));
    }

    private static Map<String, List<ScoredItem>> randomRows(Random random) {
        Map<String, List<ScoredItem>> rows = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            Set<String> items = new HashSet<>();
            List<ScoredItem> row = new ArrayList<>();
            for (int entries = random.nextInt(20); entries > 0; entries--) {
                String item = "item-" + random.nextInt(5000);
                if (items.add(item)) {
                    row.add(entry(item, random.nextInt(8) / 8f));
                }
            }
            rows.put("key-" + i, row);
        }
        return rows;
    }

    private static void assertSameRow(List<ScoredItem> written, List<ScoredItem> read, TableForm form) {
        List<ScoredItem> expected = new ArrayList<>(written);
        expected.sort(Comparator.comparing((ScoredItem item) -> -item.score()).thenComparing(ScoredItem::itemId));
        assertThat(read)
                .extracting(ScoredItem::itemId)
                .isEqualTo(expected.stream().map(ScoredItem::itemId).toList());
        for (int i = 0; i < read.size(); i++) {
            float tolerance = form == TableForm.EXACT ? 0 : expected.get(0).score() / 509;
            assertThat(Math.abs(read.get(i).score() - expected.get(i).score())).isLessThanOrEqualTo(tolerance);
        }
    }

    @Test
    void equalScoresAreOrderedByCodePointsOfTheId() throws IOException {
        String emoji = new String(Character.toChars(0x1F600)); // after U+FF5E by code point, before it by UTF-16 unit
        Path file = Tables.write(folder.resolve("t.rst"), TableForm.EXACT, RowKeys.LABELS, table -> {
            table.row("", List.of(entry(emoji, 1), entry("\uFF5E", 1), entry("z", 1), entry("Z", 1), entry("é", 1)));
        });

        assertThat(Table.open(file).row(""))
                .extracting(ScoredItem::itemId)
                .containsExactly("Z", "z", "é", "\uFF5E", emoji);
    }

    @Test
    void unicodeIdsAndLabelsComeBack() throws IOException {
        String id = "Größe/大 ".concat(new String(Character.toChars(0x1F6D2)));
        Path file = Tables.write(
                folder.resolve("t.rst"),
                TableForm.PACKED,
                RowKeys.LABELS,
                table -> table.row("séğment", List.of(entry(id, 2))));

        Table table = Table.open(file);

        assertThat(table.row("séğment")).containsExactly(entry(id, 2));
        assertThat(table.indexOf(id)).isZero();
        assertThat(table.rowKey(0)).isEqualTo("séğment");
    }

    @Test
    void aPositiveScoreNeverBecomesZeroWhenPacked() throws IOException {
        Path file = Tables.write(folder.resolve("t.rst"), TableForm.PACKED, RowKeys.ITEMS, table -> {
            table.row("a", List.of(entry("b", 1), entry("c", 1e-9f), entry("d", 0)));
            table.row("b", List.of(entry("a", Float.MIN_VALUE)));
            table.row("c", List.of(entry("a", Float.MAX_VALUE)));
        });

        Table table = Table.open(file);

        assertThat(table.row("a").get(1).score()).isPositive();
        assertThat(table.row("a").get(2)).isEqualTo(entry("d", 0));
        assertThat(table.row("c").get(0).score()).isGreaterThan(Float.MAX_VALUE / 2);
    }

    @Test
    void poolsGrowWithManyAndLongIds() throws IOException {
        int items = 20_000;
        Path file = Tables.write(folder.resolve("t.rst"), TableForm.PACKED, RowKeys.ITEMS, table -> {
            for (int i = 0; i < items; i++) {
                table.item("x".repeat(i % 100) + "-" + i);
            }
            table.row("-0", List.of(entry("x".repeat(99) + "-199", 1)));
        });

        Table table = Table.open(file);

        assertThat(table.itemCount()).isEqualTo(items);
        assertThat(table.rowCount()).isEqualTo(items);
        assertThat(table.filledRows()).isEqualTo(1);
        for (int i = 0; i < items; i += 997) {
            assertThat(table.indexOf("x".repeat(i % 100) + "-" + i)).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @EnumSource(RowKeys.class)
    void aTableWithoutRowsIsSound(RowKeys rowKeys) throws IOException {
        Path file = Tables.write(folder.resolve("t.rst"), TableForm.PACKED, rowKeys, table -> {});

        Table table = Table.open(file);

        assertThat(table.itemCount()).isZero();
        assertThat(table.rowCount()).isZero();
        assertThat(table.row("a")).isEmpty();
    }

    @Test
    void theSameCallsGiveTheSameBytes() throws IOException {
        Path one = Tables.small(folder.resolve("one.rst"), TableForm.PACKED, RowKeys.ITEMS);
        Path two = Tables.small(folder.resolve("two.rst"), TableForm.PACKED, RowKeys.ITEMS);

        assertThat(two).hasSameBinaryContentAs(one);
    }

    @Test
    void theOrderOfEntriesAndTheSignOfZeroDoNotMatter() throws IOException {
        Path one = Tables.write(folder.resolve("one.rst"), TableForm.EXACT, RowKeys.LABELS, table -> {
            table.item("a");
            table.item("b");
            table.row("", List.of(entry("a", 0f), entry("b", 1)));
        });
        Path two = Tables.write(folder.resolve("two.rst"), TableForm.EXACT, RowKeys.LABELS, table -> {
            table.item("a");
            table.item("b");
            table.row("", List.of(entry("b", 1), entry("a", -0f)));
        });

        assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
    }
}
