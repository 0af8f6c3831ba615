package dev.recsys.table;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.internal.JsonDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** The numbers of the format that the writer and the reader share; in words in {@code docs/format.md}. */
final class TableFormat {
    /** In the manner of PNG: not text, and a transfer that changes line ends or drops the eighth bit spoils it. */
    static final long MAGIC = 0x0A1A0A0D54535289L; // 89 'R' 'S' 'T' 0D 0A 1A 0A

    static final int VERSION = 1;
    static final int HEADER_BYTES = 320;
    static final int ALIGNMENT = 8;

    static final int INFO = 0;
    static final int ITEM_ENDS = 1;
    static final int ITEM_POOL = 2;
    static final int LABEL_ENDS = 3;
    static final int LABEL_POOL = 4;
    static final int ROW_STARTS = 5;
    static final int ROW_LENGTHS = 6;
    static final int ROW_SCALES = 7;
    static final int ENTRIES = 8;
    static final int SECTIONS = 9;

    private static final int SECTIONS_AT = 40;
    private static final int SECTION_BYTES = 24;
    private static final int CRC_AT = HEADER_BYTES - Integer.BYTES;

    private TableFormat() {}

    /** One section: where it lies and what its bytes sum to. */
    record Section(long offset, long sizeBytes, int crc32c) {}

    /** The header's fields in their order. */
    record Header(
            int format, int minReader, int form, int rowKeys, int items, int rows, long entries, int filledRows) {}

    static ByteBuffer littleEndian(int sizeBytes) {
        return ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static ByteBuffer encode(Header header, Section[] sections) {
        ByteBuffer bytes = littleEndian(HEADER_BYTES);
        bytes.putLong(MAGIC)
                .putShort((short) header.format())
                .putShort((short) header.minReader())
                .put((byte) header.form())
                .put((byte) header.rowKeys())
                .putShort((short) 0)
                .putInt(header.items())
                .putInt(header.rows())
                .putLong(header.entries())
                .putInt(header.filledRows())
                .putInt(sections.length);
        for (Section section : sections) {
            bytes.putLong(section.offset())
                    .putLong(section.sizeBytes())
                    .putInt(section.crc32c())
                    .putInt(0);
        }
        bytes.putInt(CRC_AT, crc(bytes));
        return bytes.rewind();
    }

    static Header decode(ByteBuffer bytes, Section[] sections) {
        Header header = new Header(
                bytes.getShort(8),
                bytes.getShort(10),
                bytes.get(12),
                bytes.get(13),
                bytes.getInt(16),
                bytes.getInt(20),
                bytes.getLong(24),
                bytes.getInt(32));
        for (int i = 0; i < sections.length; i++) {
            int at = SECTIONS_AT + i * SECTION_BYTES;
            sections[i] = new Section(bytes.getLong(at), bytes.getLong(at + 8), bytes.getInt(at + 16));
        }
        return header;
    }

    static boolean headerIsWhole(ByteBuffer bytes) {
        return bytes.getInt(CRC_AT) == crc(bytes);
    }

    private static int crc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().position(0).limit(CRC_AT));
        return (int) crc.getValue();
    }

    /** The info section: fixed keys, names without characters that JSON would escape. */
    static String infoJson(TableInfo info) {
        return "{\"tenant\":\"" + info.scope().tenant() + "\",\"surface\":\""
                + info.scope().surface() + "\",\"type\":\"" + info.type().name() + "\",\"compatibility_group\":\""
                + info.compatibilityGroup().replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    static TableInfo parseInfo(JsonDocument json) {
        return new TableInfo(
                new Scope(json.text("tenant"), json.text("surface")),
                new ArtifactType(json.text("type")),
                json.text("compatibility_group"));
    }

    static void writeFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }
}
