package dev.recsys.table;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.internal.IdPool;
import dev.recsys.internal.JsonDocument;
import dev.recsys.table.TableFormat.Header;
import dev.recsys.table.TableFormat.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads one table. Whatever the bytes are, the result is a sound table or an exception that says what is wrong. */
final class TableReader {
    private static final int CHUNK_BYTES = 1 << 16; // stays in the second cache between the read and the copy
    private static final int LARGE_CHUNK_BYTES = 1 << 18; // for large tables: fewer reads, each of which is cold code
    private static final int LARGE_BYTES = 128 * CHUNK_BYTES; // HotSpot compiles what is called 200 times
    private static final int MAX_INFO_BYTES = 4096;

    private final Path file;
    private final FileChannel channel;
    private final long sizeBytes;
    private final ByteBuffer chunk; // of all sections in turn: a load beside requests allocates little beside the table
    private final Section[] sections = new Section[TableFormat.SECTIONS];

    private TableReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.sizeBytes = channel.size();
        int chunkBytes = sizeBytes > LARGE_BYTES ? LARGE_CHUNK_BYTES : CHUNK_BYTES;
        this.chunk = TableFormat.littleEndian((int) Math.min(chunkBytes, sizeBytes));
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
        float[] rowScales = floats(TableFormat.ROW_SCALES, form == TableForm.PACKED ? header.rows() : 0);
        int entryCount = (int) header.entries();
        long entryBytes = sections[TableFormat.ENTRIES].sizeBytes();
        boolean canBeMapped = entryBytes > 0 && entryBytes <= Integer.MAX_VALUE; // a buffer's positions are ints
        Entries entries = mapped && canBeMapped ? mappedEntries(form) : entries(form, entryCount);
        Table table = new Table(
                info, rowKeys, items, items, labels, rowStarts, rowLengths, rowScales, entries, header.filledRows());
        Optional<String> fault = new RowCheck(table, entries).fault();
        if (fault.isPresent()) {
            throw damaged(fault.get());
        }
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
            if (end < before || end > pool.length) {
                throw damaged("an id ends at " + end + ", after one that ended at " + before + ", in " + pool.length
                        + " bytes");
            }
            before = end;
        }
        if (before != pool.length) {
            throw damaged("its ids end at " + before + " of " + pool.length + " bytes");
        }
        try {
            return IdPool.over(pool, ends);
        } catch (IllegalArgumentException e) {
            throw damaged("its ids are not valid: " + e.getMessage());
        }
    }

    private Entries mappedEntries(TableForm form) throws IOException {
        Section section = sections[TableFormat.ENTRIES];
        ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, section.offset(), section.sizeBytes());
        CRC32C crc = new CRC32C();
        for (int at = 0; at < mapped.capacity(); at += Math.min(chunk.capacity(), mapped.capacity() - at)) {
            crc.update(mapped.slice(at, Math.min(chunk.capacity(), mapped.capacity() - at)));
        }
        requireCrc(TableFormat.ENTRIES, crc);
        return Entries.mapped(form, mapped);
    }

    private Entries entries(TableForm form, int count) throws IOException {
        if (form == TableForm.PACKED) {
            return Entries.packed(ints(TableFormat.ENTRIES, count));
        }
        int[] items = new int[count];
        float[] scores = new float[count];
        int[] words = new int[chunk.capacity() / Integer.BYTES];
        Pieces pieces = new Pieces(TableFormat.ENTRIES);
        for (int next = 0; pieces.next(); next += chunk.remaining() / form.entryBytes()) {
            chunk.asIntBuffer().get(words, 0, chunk.remaining() / Integer.BYTES);
            split(words, chunk.remaining() / Integer.BYTES, items, scores, next);
        }
        return Entries.exact(items, scores);
    }

    private static void split(int[] words, int count, int[] items, float[] scores, int from) {
        for (int i = 0; i < count; i += 2) {
            items[from + i / 2] = words[i];
            scores[from + i / 2] = Float.intBitsToFloat(words[i + 1]);
        }
    }

    private int[] ints(int section, int count) throws IOException {
        requireSize(section, (long) count * Integer.BYTES);
        int[] values = new int[count];
        Pieces pieces = new Pieces(section);
        for (int next = 0; pieces.next(); next += chunk.remaining() / Integer.BYTES) {
            chunk.asIntBuffer().get(values, next, chunk.remaining() / Integer.BYTES);
        }
        return values;
    }

    private float[] floats(int section, int count) throws IOException {
        requireSize(section, (long) count * Float.BYTES);
        float[] values = new float[count];
        Pieces pieces = new Pieces(section);
        for (int next = 0; pieces.next(); next += chunk.remaining() / Float.BYTES) {
            chunk.asFloatBuffer().get(values, next, chunk.remaining() / Float.BYTES);
        }
        return values;
    }

    private byte[] bytes(int section) throws IOException {
        if (sections[section].sizeBytes() > Integer.MAX_VALUE - 16) {
            throw damaged("a section has " + sections[section].sizeBytes() + " bytes");
        }
        byte[] values = new byte[(int) sections[section].sizeBytes()];
        Pieces pieces = new Pieces(section);
        for (int next = 0; pieces.next(); next += chunk.remaining()) {
            chunk.duplicate().get(values, next, chunk.remaining());
        }
        return values;
    }

    /** Reads a section into the chunk, piece by piece; each is copied on at once, for a start has no time for cold loops. */
    private final class Pieces {
        private final int section;
        private final CRC32C crc = new CRC32C();
        private long at;

        Pieces(int section) {
            this.section = section;
        }

        /** Returns false after the last piece, if the checksum of all is right. */
        boolean next() throws IOException {
            long rest = sections[section].sizeBytes() - at;
            if (rest == 0) {
                requireCrc(section, crc);
                return false;
            }
            chunk.clear().limit((int) Math.min(chunk.capacity(), rest));
            readFully(chunk, sections[section].offset() + at);
            crc.update(chunk.duplicate());
            at += chunk.remaining();
            return true;
        }
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
