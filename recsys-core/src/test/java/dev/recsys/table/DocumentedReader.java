package dev.recsys.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** A reader written from {@code docs/format.md} alone; it shares nothing with the library's own. */
final class DocumentedReader {
    private static final byte[] MAGIC = {(byte) 0x89, 'R', 'S', 'T', '\r', '\n', 0x1A, '\n'};

    private final byte[] file;
    private final ByteBuffer bytes;
    private final byte[][] sections = new byte[9][];

    DocumentedReader(byte[] file) {
        this.file = file;
        this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        checkHeader();
        int end = 320;
        for (int section : new int[] {8, 0, 1, 2, 3, 4, 5, 6, 7}) {
            end = readSection(section, end);
        }
        assertThat(end).as("the end of the last section").isEqualTo(file.length);
    }

    private void checkHeader() {
        assertThat(Arrays.copyOf(file, 8)).isEqualTo(MAGIC);
        assertThat(bytes.getShort(8)).as("format").isEqualTo((short) 1);
        assertThat(bytes.getShort(10)).as("min_reader").isEqualTo((short) 1);
        assertThat(bytes.getShort(14)).as("reserved").isZero();
        assertThat(bytes.getInt(36)).as("number of sections").isEqualTo(9);
        for (int at = 256; at < 316; at++) {
            assertThat(file[at]).as("reserved").isZero();
        }
        assertThat(bytes.getInt(316)).as("checksum of the header").isEqualTo(crc32c(0, 316));
    }

    /** Reads the section that comes next in the file, and returns where it ends. */
    private int readSection(int section, int endOfTheOneBefore) {
        int at = 40 + 24 * section;
        int offset = Math.toIntExact(bytes.getLong(at));
        int sizeBytes = Math.toIntExact(bytes.getLong(at + 8));
        int aligned = (endOfTheOneBefore + 7) / 8 * 8;
        assertThat(offset).as("offset").isEqualTo(sizeBytes == 0 ? endOfTheOneBefore : aligned);
        for (int padding = endOfTheOneBefore; padding < offset; padding++) {
            assertThat(file[padding]).as("padding").isZero();
        }
        assertThat(bytes.getInt(at + 16)).as("checksum of section " + section).isEqualTo(crc32c(offset, sizeBytes));
        assertThat(bytes.getInt(at + 20)).as("reserved").isZero();
        sections[section] = Arrays.copyOfRange(file, offset, offset + sizeBytes);
        return offset + sizeBytes;
    }

    private int crc32c(int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(file, offset, length);
        return (int) crc.getValue();
    }

    boolean isPacked() {
        return file[12] == 1;
    }

    int filledRows() {
        return bytes.getInt(32);
    }

    String info() {
        return new String(sections[0], StandardCharsets.UTF_8);
    }

    List<String> items() {
        return strings(bytes.getInt(16), sections[1], sections[2]);
    }

    /** The rows by key, in the order of the file, empty ones left out. */
    Map<String, List<ScoredItem>> rows() {
        List<String> keys = file[13] == 1 ? items() : strings(bytes.getInt(20), sections[3], sections[4]);
        assertThat(keys).hasSize(bytes.getInt(20));
        Map<String, List<ScoredItem>> rows = new LinkedHashMap<>();
        for (int row = 0; row < keys.size(); row++) {
            List<ScoredItem> entries = row(row);
            if (!entries.isEmpty()) {
                rows.put(keys.get(row), entries);
            }
        }
        return rows;
    }

    private List<ScoredItem> row(int row) {
        int first = littleEndian(sections[5]).getInt(4 * row);
        int length = littleEndian(sections[6]).getInt(4 * row);
        ByteBuffer entries = littleEndian(sections[8]);
        assertThat(bytes.getLong(24)).isEqualTo(entries.capacity() / (isPacked() ? 4 : 8));
        List<ScoredItem> list = new ArrayList<>();
        for (int entry = first; entry < first + length; entry++) {
            if (isPacked()) {
                int packed = entries.getInt(4 * entry);
                float scale = littleEndian(sections[7]).getFloat(4 * row);
                list.add(new ScoredItem(items().get(packed >>> 8), (packed & 0xFF) * scale));
            } else {
                list.add(new ScoredItem(items().get(entries.getInt(8 * entry)), entries.getFloat(8 * entry + 4)));
            }
        }
        return list;
    }

    private static List<String> strings(int count, byte[] ends, byte[] pool) {
        assertThat(ends).hasSize(4 * count);
        List<String> strings = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < count; i++) {
            int end = littleEndian(ends).getInt(4 * i);
            strings.add(new String(pool, start, end - start, StandardCharsets.UTF_8));
            start = end;
        }
        assertThat(start).isEqualTo(pool.length);
        return strings;
    }

    private static ByteBuffer littleEndian(byte[] section) {
        return ByteBuffer.wrap(section).order(ByteOrder.LITTLE_ENDIAN);
    }
}
