package dev.recsys.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to read a table check every byte: {@link MappedDamagedTableTest} runs all of this for the other. */
class DamagedTableTest {
    private static final int MIN_READER_AT = 10;
    private static final int CRC_AT = TableFormat.HEADER_BYTES - Integer.BYTES;

    @TempDir
    Path folder;

    Table open(Path file) throws IOException {
        return Table.open(file);
    }

    @ParameterizedTest
    @CsvSource({"PACKED,ITEMS", "EXACT,ITEMS", "PACKED,LABELS", "EXACT,LABELS"})
    void aChangeOfAnyByteIsRefused(TableForm form, RowKeys rowKeys) throws IOException {
        byte[] whole = Files.readAllBytes(Tables.small(folder.resolve("t.rst"), form, rowKeys));
        for (int at = 0; at < whole.length; at++) {
            for (int bits : new int[] {0x01, 0xFF}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) bits;
                assertRefused(changed, "byte " + at + " xor " + bits);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PACKED,ITEMS", "EXACT,LABELS"})
    void everyTruncationAndEveryExtensionIsRefused(TableForm form, RowKeys rowKeys) throws IOException {
        byte[] whole = Files.readAllBytes(Tables.small(folder.resolve("t.rst"), form, rowKeys));
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "cut to " + length);
        }
        for (int more = 1; more <= 16; more++) {
            assertRefused(Arrays.copyOf(whole, whole.length + more), "longer by " + more);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aHeaderWithAnyFieldsAndARightChecksumIsASoundTableOrRefused(long seed) throws IOException {
        byte[] whole = Files.readAllBytes(Tables.small(folder.resolve("t.rst"), TableForm.PACKED, RowKeys.ITEMS));
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] forged = whole.clone();
            int at = 12 + random.nextInt(CRC_AT - 12);
            forged[at] = (byte) random.nextInt(256);
            forged[12 + random.nextInt(CRC_AT - 12)] ^= (byte) (1 << random.nextInt(8));
            assertSoundOrRefused(withHeaderChecksum(forged), "seed " + seed + ", round " + round);
        }
    }

    @Test
    void aNewerFormatIsToldApartFromDamage() throws IOException {
        byte[] newer = Files.readAllBytes(Tables.small(folder.resolve("t.rst"), TableForm.PACKED, RowKeys.ITEMS));
        newer[MIN_READER_AT] = 2;
        Path file = Files.write(folder.resolve("newer.rst"), withHeaderChecksum(newer));

        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining("newer.rst")
                .withMessageContaining("format 2");
    }

    @Test
    void theMessageNamesTheFileAndWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("noise.rst"), "no table at all");

        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining("noise.rst")
                .withMessageContaining("build it again");
    }

    @Test
    void aMissingFileIsNoDamage() {
        assertThatThrownBy(() -> open(folder.resolve("none.rst"))).isInstanceOf(NoSuchFileException.class);
    }

    private void assertRefused(byte[] bytes, String what) throws IOException {
        Path file = changed(bytes);
        try {
            open(file);
            fail("accepted: " + what);
        } catch (DamagedException | NewerFormatException expected) {
            assertThat(expected).hasMessageContaining("changed.rst");
        } catch (RuntimeException e) {
            fail(what, e);
        }
    }

    private void assertSoundOrRefused(byte[] bytes, String what) throws IOException {
        Path file = changed(bytes);
        try {
            Table table = open(file);
            for (int row = 0; row < table.rowCount(); row++) {
                table.row(table.rowKey(row));
            }
        } catch (DamagedException | NewerFormatException expected) {
            assertThat(expected).hasMessageContaining("changed.rst");
        } catch (RuntimeException e) {
            fail(what, e);
        }
    }

    /** A new file each time: some file systems force a file that is cut to nothing and written again to the disk. */
    private Path changed(byte[] bytes) throws IOException {
        Path file = folder.resolve("changed.rst");
        Files.deleteIfExists(file);
        return Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
    }

    private static byte[] withHeaderChecksum(byte[] table) {
        CRC32C crc = new CRC32C();
        crc.update(table, 0, CRC_AT);
        ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN).putInt(CRC_AT, (int) crc.getValue());
        return table;
    }
}
