package dev.recsys.table;

import static dev.recsys.table.TableFormat.littleEndian;

import dev.recsys.internal.IdPool;
import dev.recsys.table.TableFormat.Header;
import dev.recsys.table.TableFormat.Section;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32C;

/**
 * Writes one table, row by row. Entries go to the file as they come; what stays in memory is about 40 bytes an item, 12
 * bytes a row, and one row.
 *
 * <p>Items are numbered in the order in which they are first named, so that naming them with {@link #item(String)} in
 * the order of their popularity puts rows that are read together close together. The same calls give the same bytes. Not
 * safe for concurrent use.
 *
 * <p>{@link #finish()} makes the table whole; a writer that is closed without it deletes its file.
 */
public final class TableWriter implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_ID_LENGTH = 512;
    private static final int MAX_ROW = 1 << 24;
    private static final int BEST_QUANTUM = 255;

    private final Path file;
    private final TableInfo info;
    private final TableForm form;
    private final RowKeys rowKeys;
    private final FileChannel channel;
    private IdPool items = new IdPool(1024);
    private IdPool labels = new IdPool(16);
    private final ByteBuffer buffer = littleEndian(BUFFER_BYTES);
    private final CRC32C entriesCrc = new CRC32C();
    private final Section[] sections = new Section[TableFormat.SECTIONS];

    private int[] rowStarts = new int[1024]; // [row] first entry
    private int[] rowLengths = new int[1024]; // [row] number of entries
    private float[] rowScales = new float[1024]; // [row] score of one quantum, packed form only
    private boolean[] rowWritten = new boolean[1024]; // [row]
    private boolean[] inRow = new boolean[1024]; // [item] while a row is checked
    private int filledRows;
    private long entries;
    private long position = TableFormat.HEADER_BYTES;
    private boolean finished;
    private boolean closed;

    private TableWriter(Path file, TableInfo info, TableForm form, RowKeys rowKeys) throws IOException {
        this.file = file;
        this.info = info;
        this.form = form;
        this.rowKeys = rowKeys;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Starts a table in a new file.
     *
     * @param file must not exist
     * @param info whose table it is and what it holds
     * @param form how scores are stored
     * @param rowKeys what the rows are named by
     * @throws IOException if the file exists or cannot be created
     */
    public static TableWriter create(Path file, TableInfo info, TableForm form, RowKeys rowKeys) throws IOException {
        return new TableWriter(file, info, form, rowKeys);
    }

    /** Returns whether the table is whole. */
    public boolean isFinished() {
        return finished;
    }

    /** Returns what the table says of itself. */
    public TableInfo info() {
        return info;
    }

    /**
     * Returns the number of an item, which is the next free one if the item was not named before.
     *
     * @throws IllegalArgumentException if the id is blank, longer than 512 characters or not well-formed Unicode, or if
     *     the table's form cannot number more items
     */
    public int item(String id) {
        int known = items.indexOf(id);
        if (known >= 0) {
            return known;
        }
        requireId(id);
        if (form == TableForm.PACKED && items.size() == TableForm.MAX_PACKED_ITEMS) {
            throw new IllegalArgumentException("a packed table holds at most " + TableForm.MAX_PACKED_ITEMS
                    + " items; write the table in the exact form");
        }
        return items.add(id);
    }

    /**
     * Writes one row from ids.
     *
     * @param key the row's item or label
     * @param row the entries in any order; each item once
     * @throws IllegalArgumentException if the row was written before, an item occurs twice in it, or a score is negative
     *     or not finite; nothing of the row is written then
     * @throws IOException if the file cannot be written
     */
    public void row(String key, List<ScoredItem> row) throws IOException {
        int[] numbers = new int[row.size()]; // [entry]
        float[] scores = new float[row.size()]; // [entry]
        for (int i = 0; i < row.size(); i++) {
            scores[i] = row.get(i).score();
            if (!isScore(scores[i])) {
                throw noScore(key, row.get(i).itemId(), scores[i]);
            }
        }
        for (int i = 0; i < row.size(); i++) {
            numbers[i] = item(row.get(i).itemId());
        }
        row(key, numbers, scores, row.size());
    }

    /**
     * Writes one row from item numbers, the way for large tables.
     *
     * @param key the row's item or label
     * @param numbers item numbers from {@link #item(String)}, each once; may be reordered by this call
     * @param scores the score beside each number; may be reordered by this call
     * @param length how many entries of both arrays to take
     * @throws IllegalArgumentException as {@link #row(String, List)}
     * @throws IOException if the file cannot be written
     */
    public void row(String key, int[] numbers, float[] scores, int length) throws IOException {
        requireOpen();
        if (length > MAX_ROW || entries + length > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("row '" + key + "' has " + length + " entries after " + entries
                    + "; a row holds at most " + MAX_ROW + ", a table " + (Integer.MAX_VALUE - 16));
        }
        for (int i = 0; i < length; i++) {
            if (numbers[i] < 0 || numbers[i] >= items.size()) {
                throw new IllegalArgumentException(
                        "row '" + key + "' names item number " + numbers[i] + " of " + items.size());
            }
            if (!isScore(scores[i])) {
                throw noScore(key, items.get(numbers[i]), scores[i]);
            }
            scores[i] += 0.0f; // turns -0 into 0, so that equal rows have equal bytes
        }
        RowSorter.byScoreThenId(numbers, scores, length, items);
        requireDistinct(key, numbers, length);
        int row = rowKeys == RowKeys.ITEMS ? item(key) : label(key);
        ensureRow(row);
        if (rowWritten[row]) {
            throw new IllegalArgumentException("row '" + key + "' was written before; a row is written once");
        }
        rowWritten[row] = true;
        rowStarts[row] = (int) entries;
        rowLengths[row] = length;
        if (length > 0) {
            rowScales[row] = scale(scores[0]);
            filledRows++;
            put(numbers, scores, length, rowScales[row]);
        }
        entries += length;
    }

    /**
     * Writes what remains, forces the file to the disk and closes it.
     *
     * @throws IOException if the file cannot be written; close deletes it then
     */
    public void finish() throws IOException {
        requireOpen();
        flush();
        sections[TableFormat.ENTRIES] =
                new Section(TableFormat.HEADER_BYTES, position - TableFormat.HEADER_BYTES, (int) entriesCrc.getValue());
        int rows = rowKeys == RowKeys.ITEMS ? items.size() : labels.size();
        ensureRow(rows);
        section(TableFormat.INFO, TableFormat.infoJson(info).getBytes(StandardCharsets.UTF_8));
        ints(TableFormat.ITEM_ENDS, items.size(), items::end);
        section(TableFormat.ITEM_POOL, Arrays.copyOf(items.pool(), items.poolBytes()));
        ints(TableFormat.LABEL_ENDS, labels.size(), labels::end);
        section(TableFormat.LABEL_POOL, Arrays.copyOf(labels.pool(), labels.poolBytes()));
        ints(TableFormat.ROW_STARTS, rows, row -> rowStarts[row]);
        ints(TableFormat.ROW_LENGTHS, rows, row -> rowLengths[row]);
        ints(TableFormat.ROW_SCALES, form == TableForm.PACKED ? rows : 0, row -> Float.floatToIntBits(rowScales[row]));
        Header header = new Header(
                TableFormat.VERSION,
                TableFormat.VERSION,
                form.code(),
                rowKeys.code(),
                items.size(),
                rows,
                entries,
                filledRows);
        TableFormat.writeFully(channel, TableFormat.encode(header, sections), 0);
        channel.force(true);
        channel.close();
        finished = true;
        release();
    }

    /** Closes the file, and deletes it unless the table was finished. Idempotent. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        channel.close();
        if (!finished) {
            Files.deleteIfExists(file);
        }
    }

    /** Lets all go that grows with the items: who builds several tables has their writers until the last is finished. */
    private void release() {
        items = new IdPool(0);
        labels = new IdPool(0);
        rowStarts = new int[0];
        rowLengths = new int[0];
        rowScales = new float[0];
        rowWritten = new boolean[0];
        inRow = new boolean[0];
    }

    private void put(int[] numbers, float[] scores, int length, float scale) throws IOException {
        for (int i = 0; i < length; i++) {
            if (buffer.remaining() < form.entryBytes()) {
                flush();
            }
            if (form == TableForm.PACKED) {
                buffer.putInt(numbers[i] << 8 | quantum(scores[i], scale));
            } else {
                buffer.putInt(numbers[i]).putFloat(scores[i]);
            }
        }
    }

    /** Returns what one quantum stands for; more than 0 even where a 255th of the best score would vanish. */
    private static float scale(float best) {
        return best > 0 ? Math.max(Float.MIN_VALUE, best / BEST_QUANTUM) : 0;
    }

    /** A positive score never becomes zero, and the best is 255 unless it is among the smallest numbers there are. */
    private static int quantum(float score, float scale) {
        if (score == 0 || scale == 0) {
            return score == 0 ? 0 : 1;
        }
        return Math.max(1, Math.min(BEST_QUANTUM, Math.round(score / scale)));
    }

    private void flush() throws IOException {
        buffer.flip();
        entriesCrc.update(buffer.duplicate());
        int sizeBytes = buffer.remaining();
        TableFormat.writeFully(channel, buffer, position);
        position += sizeBytes;
        buffer.clear();
    }

    private void ints(int section, int count, IntUnaryOperator value) throws IOException {
        byte[] bytes = new byte[Math.multiplyExact(count, Integer.BYTES)];
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            view.putInt(value.applyAsInt(i));
        }
        section(section, bytes);
    }

    private void section(int section, byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            position = aligned(position);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        sections[section] = new Section(position, bytes.length, (int) crc.getValue());
        TableFormat.writeFully(channel, ByteBuffer.wrap(bytes), position);
        position += bytes.length;
    }

    private static long aligned(long position) {
        return (position + TableFormat.ALIGNMENT - 1) / TableFormat.ALIGNMENT * TableFormat.ALIGNMENT;
    }

    private void ensureRow(int row) {
        if (row < rowStarts.length) {
            return;
        }
        int capacity = Math.max(row + 1, rowStarts.length + (rowStarts.length >> 1));
        rowStarts = Arrays.copyOf(rowStarts, capacity);
        rowLengths = Arrays.copyOf(rowLengths, capacity);
        rowScales = Arrays.copyOf(rowScales, capacity);
        rowWritten = Arrays.copyOf(rowWritten, capacity);
    }

    private void requireOpen() {
        if (finished || closed) {
            throw new IllegalStateException("the table " + file.getFileName() + " is finished or closed already");
        }
    }

    private static boolean isScore(float score) {
        return score >= 0 && score <= Float.MAX_VALUE;
    }

    private static IllegalArgumentException noScore(String row, String item, float score) {
        return new IllegalArgumentException("row '" + row + "' gives item '" + item + "' the score " + score
                + "; expected a finite number that is not negative");
    }

    private void requireDistinct(String row, int[] numbers, int length) {
        if (inRow.length < items.size()) {
            inRow = new boolean[items.size() + (items.size() >> 1)];
        }
        int distinct = 0;
        while (distinct < length && !inRow[numbers[distinct]]) {
            inRow[numbers[distinct++]] = true;
        }
        for (int i = 0; i < distinct; i++) {
            inRow[numbers[i]] = false;
        }
        if (distinct < length) {
            throw new IllegalArgumentException("row '" + row + "' names item '" + items.get(numbers[distinct])
                    + "' twice; expected each item once");
        }
    }

    private int label(String label) {
        if (!label.isEmpty()) {
            requireId(label);
        }
        return labels.add(label);
    }

    private static void requireId(String id) {
        if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("an item id or label is blank or has " + id.length()
                    + " characters; expected 1 to " + MAX_ID_LENGTH);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
            throw new IllegalArgumentException(
                    "an item id or label is not well-formed Unicode: it has half a surrogate pair");
        }
    }
}
