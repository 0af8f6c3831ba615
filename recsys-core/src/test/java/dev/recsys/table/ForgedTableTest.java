package dev.recsys.table;

import static dev.recsys.table.Tables.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.DamagedException;
import dev.recsys.table.TableFormat.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no writer of ours makes, with checksums that are right. */
class ForgedTableTest {
    private static final int LONG_ROW = 3000; // entries: more than are looked at in one go

    @TempDir
    private Path folder;

    @Test
    void anEntryBelongsToOneRow() throws IOException {
        Path file = small(TableForm.PACKED);
        forge(file, TableFormat.ROW_STARTS, 0, 1); // row b, which is item 0, begins within row a

        requireDamaged(file, "which another row has too");
    }

    @Test
    void everyEntryBelongsToARow() throws IOException {
        Path file = small(TableForm.PACKED);
        forge(file, TableFormat.ROW_LENGTHS, 0, 1);

        requireDamaged(file, "its rows have 3 of its 4 entries");
    }

    @Test
    void rowsMayLieInAnyOrder() throws IOException {
        Path file = small(TableForm.PACKED);

        assertThat(Table.open(file).row("a")).containsExactly(entry("b", 2), entry("c", 2));
        assertThat(Table.open(file).row("b")).containsExactly(entry("a", 2), entry("c", 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1023, 1024, LONG_ROW - 1})
    void anEntryNamesAnItemThatThereIs(int entry) throws IOException {
        Path packed = longRow(TableForm.PACKED);
        Path exact = longRow(TableForm.EXACT);
        forge(packed, TableFormat.ENTRIES, entry, LONG_ROW << 8 | 1);
        forge(exact, TableFormat.ENTRIES, 2 * entry, LONG_ROW);

        requireDamaged(packed, "names item " + LONG_ROW + " of " + LONG_ROW);
        requireDamaged(exact, "names item " + LONG_ROW + " of " + LONG_ROW);
    }

    @Test
    void aNegativeItemIsDamage() throws IOException {
        Path exact = longRow(TableForm.EXACT);
        forge(exact, TableFormat.ENTRIES, 2 * 1500, -1);

        requireDamaged(exact, "names item -1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, LONG_ROW - 1})
    void aScoreIsNotBetterThanTheOneBefore(int entry) throws IOException {
        Path packed = longRow(TableForm.PACKED);
        Path exact = longRow(TableForm.EXACT);
        forge(packed, TableFormat.ENTRIES, entry - 1, 7 << 8);
        forge(exact, TableFormat.ENTRIES, 2 * entry + 1, Float.floatToIntBits(1e6f));

        requireDamaged(packed, "row 0 has the score");
        requireDamaged(exact, "row 0 has the score 1000000.0");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -1f})
    void aScoreIsFiniteAndNotNegative(float score) throws IOException {
        Path exact = longRow(TableForm.EXACT);
        forge(exact, TableFormat.ENTRIES, 1, Float.floatToIntBits(score));
        requireDamaged(exact, "has the score");

        exact = longRow(TableForm.EXACT);
        forge(exact, TableFormat.ENTRIES, 2 * LONG_ROW - 1, Float.floatToIntBits(score));
        requireDamaged(exact, "has the score");

        Path packed = longRow(TableForm.PACKED);
        forge(packed, TableFormat.ROW_SCALES, 0, Float.floatToIntBits(score));
        requireDamaged(packed, "has the score");
    }

    @ParameterizedTest
    @CsvSource({"-64, occurs twice", "-61, is not UTF-8", "-1, is not UTF-8"})
    void idsAreDifferentAndOfWholeCharacters(byte firstByteOfB, String message) throws IOException {
        Path file = folder.resolve("ids.rst");
        try (TableWriter table = TableWriter.create(file, Tables.INFO, TableForm.PACKED, RowKeys.ITEMS)) {
            table.row("a", List.of(entry("b", 2)));
            table.finish();
        }
        byte[] pool = message.equals("occurs twice") ? new byte[] {'a', 'a'} : new byte[] {'a', firstByteOfB};
        forge(file, TableFormat.ITEM_POOL, pool);

        requireDamaged(file, message);
    }

    @Test
    void anIdEndsAtTheEndOfACharacter() throws IOException {
        Path file = folder.resolve("ids.rst");
        try (TableWriter table = TableWriter.create(file, Tables.INFO, TableForm.PACKED, RowKeys.ITEMS)) {
            table.row("ab", List.of(entry("c", 2)));
            table.finish();
        }
        byte[] pool = "\u00e4\u00e4".substring(0, 1).getBytes(StandardCharsets.UTF_8); // two bytes for three
        forge(file, TableFormat.ITEM_POOL, new byte[] {'c', pool[0], pool[1]});
        forge(file, TableFormat.ITEM_ENDS, 0, 2);

        requireDamaged(file, "is not UTF-8");
    }

    @ParameterizedTest
    @EnumSource(TableForm.class)
    void aRowOfManyEntriesIsRead(TableForm form) throws IOException {
        Path file = longRow(form);

        assertThat(Table.open(file).rowEnd(0)).isEqualTo(LONG_ROW);
        assertThat(Table.map(file).rowEnd(0)).isEqualTo(LONG_ROW);
    }

    /** Row b is item 0 and lies after row a, which is item 2. */
    private Path small(TableForm form) throws IOException {
        Path file = folder.resolve("small.rst");
        Files.deleteIfExists(file);
        try (TableWriter table = TableWriter.create(file, Tables.INFO, form, RowKeys.ITEMS)) {
            table.row("a", List.of(entry("b", 2), entry("c", 2)));
            table.row("b", List.of(entry("c", 2), entry("a", 2)));
            table.finish();
        }
        return file;
    }

    private Path longRow(TableForm form) throws IOException {
        Path file = folder.resolve(form + ".rst");
        Files.deleteIfExists(file);
        try (TableWriter table = TableWriter.create(file, Tables.INFO, form, RowKeys.LABELS)) {
            int[] items = new int[LONG_ROW];
            float[] scores = new float[LONG_ROW];
            for (int i = 0; i < LONG_ROW; i++) {
                items[i] = table.item("item-" + i);
                scores[i] = LONG_ROW - i;
            }
            table.row("", items, scores, LONG_ROW);
            table.finish();
        }
        return file;
    }

    private static void requireDamaged(Path file, String message) {
        assertThatThrownBy(() -> Table.open(file))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> Table.map(file))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(message);
    }

    private static void forge(Path file, int section, int number, int value) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        Section[] sections = new Section[TableFormat.SECTIONS];
        TableFormat.Header unused = TableFormat.decode(bytes, sections);
        byte[] content = new byte[(int) sections[section].sizeBytes()];
        bytes.get((int) sections[section].offset(), content);
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(number * Integer.BYTES, value);
        forge(file, section, content);
    }

    private static void forge(Path file, int section, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        Section[] sections = new Section[TableFormat.SECTIONS];
        TableFormat.Header header = TableFormat.decode(bytes, sections);
        CRC32C crc = new CRC32C();
        crc.update(content);
        sections[section] =
                new Section(sections[section].offset(), sections[section].sizeBytes(), (int) crc.getValue());
        bytes.put((int) sections[section].offset(), content);
        bytes.put(0, TableFormat.encode(header, sections), 0, TableFormat.HEADER_BYTES);
        Files.write(file, bytes.array());
    }
}
