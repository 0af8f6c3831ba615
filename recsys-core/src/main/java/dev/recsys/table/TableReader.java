package dev.recsys.table;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.internal.IdPool;
import dev.recsys.internal.JsonDocument;
import dev.recsys.table.TableFormat.Header;
import dev.recsys.table.TableFormat.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.zip.CRC32C;

/** Reads one table. Whatever the bytes are, the result is a sound table or an exception that says what is wrong. */
final class TableReader {
    private static final int CHUNK_BYTES = 1 << 16; // stays in the second cache between the read and the copy
    private static final int CHUNK_CHARS = 1 << 13;
    private static final int MAX_INFO_BYTES = 4096;

    private final Path file;
    private final FileChannel channel;
    private final long sizeBytes;
    private final Section[] sections = new Section[TableFormat.SECTIONS];
    private final ByteBuffer chunk; // of all sections in turn: a load beside requests allocates little beside the table

    private TableReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.sizeBytes = channel.size();
        this.chunk = TableFormat.littleEndian((int) Math.min(CHUNK_BYTES, sizeBytes));
    }

    static Table read(Path file) throws IOException {
        return read(file, false);
    }

    static Table map(Path file) throws IOException {
        return read(file, true);
    }

    private static Table read(Path file, boolean mapped) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new TableReader(file, channel).read(mapped);
        }
    }

    private Table read(boolean mapped) throws IOException {
        Header header = header();
        TableForm form = header.form() == TableForm.PACKED.code() ? TableForm.PACKED : TableForm.EXACT;
        RowKeys rowKeys = header.rowKeys() == RowKeys.ITEMS.code() ? RowKeys.ITEMS : RowKeys.LABELS;
        TableInfo info = info();
        IdPool items = ids(TableFormat.ITEM_ENDS, TableFormat.ITEM_POOL, header.items());
        int labelCount = rowKeys == RowKeys.LABELS ? header.rows() : 0;
        IdPool labels = ids(TableFormat.LABEL_ENDS, TableFormat.LABEL_POOL, labelCount);
        int[] rowStarts = ints(TableFormat.ROW_STARTS, header.rows());
        int[] rowLengths = ints(TableFormat.ROW_LENGTHS, header.rows());
        float[] rowScales = floats(ints(TableFormat.ROW_SCALES, form == TableForm.PACKED ? header.rows() : 0));
        int entryCount = (int) header.entries();
        long entryBytes = sections[TableFormat.ENTRIES].sizeBytes();
        boolean canBeMapped = entryBytes > 0 && entryBytes <= Integer.MAX_VALUE; // a buffer's positions are ints
        Entries entries = mapped && canBeMapped ? mappedEntries(form) : entries(form, entryCount);
        Table table = new Table(
                info, rowKeys, items, items, labels, rowStarts, rowLengths, rowScales, entries, header.filledRows());
        checkRows(table);
        return table;
    }

    private Header header() throws IOException {
        if (sizeBytes < TableFormat.HEADER_BYTES) {
            throw damaged("it has " + sizeBytes + " bytes, less than a header of " + TableFormat.HEADER_BYTES);
        }
        ByteBuffer bytes = TableFormat.littleEndian(TableFormat.HEADER_BYTES);
        readFully(bytes, 0);
        if (bytes.getLong(0) != TableFormat.MAGIC) {
            throw damaged("it does not begin as a table does");
        }
        int minReader = bytes.getShort(10);
        if (minReader > TableFormat.VERSION) {
            throw new NewerFormatException("Table " + file.getFileName() + " needs a reader of format " + minReader
                    + "; this version of recsys reads up to " + TableFormat.VERSION + ". Upgrade recsys here.");
        }
        if (!TableFormat.headerIsWhole(bytes)) {
            throw damaged("the checksum of its header is wrong");
        }
        Header header = TableFormat.decode(bytes, sections);
        checkHeader(header);
        checkLayout();
        return header;
    }

    private void checkHeader(Header header) {
        boolean packed = header.form() == TableForm.PACKED.code();
        boolean byItem = header.rowKeys() == RowKeys.ITEMS.code();
        if (!packed && header.form() != TableForm.EXACT.code()) {
            throw damaged("its form is " + header.form());
        }
        if (!byItem && header.rowKeys() != RowKeys.LABELS.code()) {
            throw damaged("its kind of row keys is " + header.rowKeys());
        }
        if (header.items() < 0
                || header.rows() < 0
                || header.entries() < 0
                || header.entries() > Integer.MAX_VALUE - 16
                || (byItem && header.rows() != header.items())) {
            throw damaged("it says " + header.items() + " items, " + header.rows() + " rows, " + header.entries()
                    + " entries, which cannot be");
        }
        int entryBytes = packed ? TableForm.PACKED.entryBytes() : TableForm.EXACT.entryBytes();
        requireSize(TableFormat.ENTRIES, header.entries() * entryBytes);
    }

    /** Sections lie one after the other, the entries first, and what is between them is known: no byte is unchecked. */
    private void checkLayout() throws IOException {
        long end = TableFormat.HEADER_BYTES;
        for (int i = 0; i < sections.length; i++) {
            int number = (TableFormat.ENTRIES + i) % sections.length;
            Section section = sections[number];
            long padding = section.offset() - end;
            if (padding < 0 || padding >= TableFormat.ALIGNMENT || section.sizeBytes() < 0) {
                throw damaged("section " + number + " has " + section.sizeBytes() + " bytes at " + section.offset()
                        + ", after one that ends at " + end);
            }
            if (section.sizeBytes() > sizeBytes - section.offset()) {
                throw damaged("section " + number + " of " + section.sizeBytes() + " bytes at " + section.offset()
                        + " is not within its " + sizeBytes + " bytes");
            }
            requireZeros(end, (int) padding);
            end = section.offset() + section.sizeBytes();
        }
        if (end != sizeBytes) {
            throw damaged("it has " + sizeBytes + " bytes; its sections end at " + end);
        }
    }

    private void requireZeros(long at, int count) throws IOException {
        ByteBuffer bytes = TableFormat.littleEndian(count);
        readFully(bytes, at);
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                throw damaged("it has bytes that are not zero between its sections, from " + at);
            }
        }
    }

    private TableInfo info() throws IOException {
        if (sections[TableFormat.INFO].sizeBytes() > MAX_INFO_BYTES) {
            throw damaged("its info section has " + sections[TableFormat.INFO].sizeBytes() + " bytes");
        }
        try {
            return TableFormat.parseInfo(JsonDocument.parse("info", bytes(TableFormat.INFO)));
        } catch (DamagedException | IllegalArgumentException e) {
            throw damaged("its info section is not valid: " + e.getMessage());
        }
    }

    private IdPool ids(int endsSection, int poolSection, int count) throws IOException {
        int[] ends = ints(endsSection, count);
        byte[] pool = bytes(poolSection);
        int before = 0;
        for (int end : ends) {
            boolean withinCharacter =
                    end > 0 && end < pool.length && (pool[end] & 0xC0) == 0x80; // UTF-8: 10xxxxxx goes on
            if (end < before || end > pool.length || withinCharacter) {
                throw damaged("an id ends at " + end + ", after one that ended at " + before + ", in " + pool.length
                        + " bytes");
            }
            before = end;
        }
        if (before != pool.length) {
            throw damaged("its ids end at " + before + " of " + pool.length + " bytes");
        }
        try {
            requireUtf8(pool);
            return IdPool.over(pool, ends);
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw damaged("its ids are not valid: " + e.getMessage());
        }
    }

    private static void requireUtf8(byte[] pool) throws CharacterCodingException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(pool);
        CharBuffer ignored = CharBuffer.allocate(CHUNK_CHARS);
        CoderResult result = decoder.decode(bytes, ignored, true);
        while (result.isOverflow()) {
            result = decoder.decode(bytes, ignored.clear(), true);
        }
        if (result.isError()) {
            result.throwException();
        }
    }

    private Entries mappedEntries(TableForm form) throws IOException {
        Section section = sections[TableFormat.ENTRIES];
        ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, section.offset(), section.sizeBytes());
        CRC32C crc = new CRC32C();
        for (int at = 0; at < mapped.capacity(); at += Math.min(CHUNK_BYTES, mapped.capacity() - at)) {
            crc.update(mapped.slice(at, Math.min(CHUNK_BYTES, mapped.capacity() - at)));
        }
        requireCrc(TableFormat.ENTRIES, crc);
        return Entries.mapped(form, mapped);
    }

    private Entries entries(TableForm form, int count) throws IOException {
        int[] items = new int[count];
        float[] scores = new float[form == TableForm.EXACT ? count : 0];
        Section section = sections[TableFormat.ENTRIES];
        CRC32C crc = new CRC32C();
        int next = 0;
        for (long at = 0; at < section.sizeBytes(); at += CHUNK_BYTES) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, section.sizeBytes() - at));
            readFully(chunk, section.offset() + at);
            crc.update(chunk.duplicate());
            int read = chunk.remaining() / form.entryBytes();
            if (form == TableForm.PACKED) {
                chunk.asIntBuffer().get(items, next, read); // at once: a start has no time for loops that are cold
            } else {
                split(chunk, items, scores, next);
            }
            next += read;
        }
        requireCrc(TableFormat.ENTRIES, crc);
        return form == TableForm.EXACT ? Entries.exact(items, scores) : Entries.packed(items);
    }

    private static void split(ByteBuffer exact, int[] items, float[] scores, int from) {
        for (int next = from; exact.hasRemaining(); next++) {
            items[next] = exact.getInt();
            scores[next] = exact.getFloat();
        }
    }

    private void checkRows(Table table) {
        int filled = 0;
        BitSet taken = new BitSet(table.entryCount());
        for (int row = 0; row < table.rowCount(); row++) {
            int start = table.rowStart(row);
            int end = table.rowEnd(row);
            if (start < 0 || end < start || end > table.entryCount()) {
                throw damaged("row " + row + " has the entries " + start + " to " + end + " of " + table.entryCount());
            }
            int overlap = taken.nextSetBit(start);
            if (overlap >= 0 && overlap < end) {
                throw damaged("row " + row + " has entry " + overlap + ", which another row has too");
            }
            taken.set(start, end);
            filled += end > start ? 1 : 0;
            float before = Float.MAX_VALUE;
            for (int position = start; position < end; position++) {
                float score = table.score(row, position);
                if (table.item(position) < 0 || table.item(position) >= table.itemCount()) {
                    throw damaged("row " + row + " names item " + table.item(position) + " of " + table.itemCount());
                }
                if (!(score >= 0 && score <= before)) {
                    throw damaged("row " + row + " has the score " + score + " after " + before);
                }
                before = score;
            }
        }
        if (taken.cardinality() != table.entryCount()) {
            throw damaged("its rows have " + taken.cardinality() + " of its " + table.entryCount() + " entries");
        }
        if (filled != table.filledRows()) {
            throw damaged("it says that " + table.filledRows() + " rows have entries; " + filled + " do");
        }
    }

    private int[] ints(int section, int count) throws IOException {
        requireSize(section, (long) count * Integer.BYTES);
        int[] values = new int[count];
        CRC32C crc = new CRC32C();
        int next = 0;
        while (next < count) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, (long) (count - next) * Integer.BYTES));
            readFully(chunk, sections[section].offset() + (long) next * Integer.BYTES);
            crc.update(chunk.duplicate());
            int read = chunk.remaining() / Integer.BYTES;
            chunk.asIntBuffer().get(values, next, read);
            next += read;
        }
        requireCrc(section, crc);
        return values;
    }

    private float[] floats(int[] bits) {
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }
        return values;
    }

    private byte[] bytes(int section) throws IOException {
        if (sections[section].sizeBytes() > Integer.MAX_VALUE - 16) {
            throw damaged("a section has " + sections[section].sizeBytes() + " bytes");
        }
        ByteBuffer bytes =
                ByteBuffer.allocate((int) sections[section].sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
        readFully(bytes, sections[section].offset());
        CRC32C crc = new CRC32C();
        crc.update(bytes.array());
        requireCrc(section, crc);
        return bytes.array();
    }

    private void readFully(ByteBuffer target, long at) throws IOException {
        int start = target.position();
        long position = at;
        while (target.hasRemaining()) {
            int read = channel.read(target, position);
            if (read < 0) {
                throw damaged("it ends at byte " + position);
            }
            position += read;
        }
        target.position(start);
    }

    private void requireSize(int section, long expected) {
        if (sections[section].sizeBytes() != expected) {
            throw damaged(
                    "section " + section + " has " + sections[section].sizeBytes() + " bytes; expected " + expected);
        }
    }

    private void requireCrc(int section, CRC32C crc) {
        if ((int) crc.getValue() != sections[section].crc32c()) {
            throw damaged("the checksum of section " + section + " is wrong");
        }
    }

    private DamagedException damaged(String what) {
        return new DamagedException("Table " + file.getFileName() + " is damaged: " + what
                + ". Do not serve it; get it again, or build it again.");
    }
}
