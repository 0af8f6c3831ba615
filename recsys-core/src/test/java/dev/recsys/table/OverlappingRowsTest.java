package dev.recsys.table;

import static dev.recsys.table.Tables.entry;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.DamagedException;
import dev.recsys.table.TableFormat.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no writer of ours makes, with checksums that are right. */
class OverlappingRowsTest {
    @TempDir
    private Path folder;

    @Test
    void anEntryBelongsToOneRow() throws IOException {
        Path file = folder.resolve("t.rst");
        try (TableWriter table = TableWriter.create(file, Tables.INFO, TableForm.PACKED, RowKeys.ITEMS)) {
            table.row("a", List.of(entry("b", 2), entry("c", 2)));
            table.row("b", List.of(entry("c", 2), entry("a", 2)));
            table.finish();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        Section[] sections = new Section[TableFormat.SECTIONS];
        TableFormat.Header header = TableFormat.decode(bytes, sections);
        Section starts = sections[TableFormat.ROW_STARTS];
        bytes.putInt((int) starts.offset(), 1); // row b, which is item 0, begins within row a
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), (int) starts.offset(), (int) starts.sizeBytes());
        sections[TableFormat.ROW_STARTS] = new Section(starts.offset(), starts.sizeBytes(), (int) crc.getValue());
        bytes.put(0, TableFormat.encode(header, sections), 0, TableFormat.HEADER_BYTES);
        Files.write(file, bytes.array());

        assertThatThrownBy(() -> Table.open(file))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("which another row has too");
    }
}
