package dev.recsys.table;

import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.artifact.TableCounts;
import dev.recsys.internal.IdPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table in memory: rows of scored items, each row best first, equal scores by item id. Immutable and safe for
 * concurrent use. Takes about 4 bytes an entry when packed, 8 when exact, none of the heap when mapped, and 30 bytes an
 * item.
 */
public final class Table {
    /** The version of the binary format that this version of recsys writes. */
    public static final int FORMAT = TableFormat.VERSION;

    private final TableInfo info;
    private final RowKeys rowKeys;
    private final IdPool items;
    private final IdPool ownItems; // what the file numbers; items may number those of other tables too
    private final IdPool labels;
    private final int[] rowStarts; // [row]
    private final int[] rowLengths; // [row]
    private final float[] rowScales; // [row], packed form only
    private final Entries entries;
    private final int filledRows;

    Table(
            TableInfo info,
            RowKeys rowKeys,
            IdPool items,
            IdPool ownItems,
            IdPool labels,
            int[] rowStarts,
            int[] rowLengths,
            float[] rowScales,
            Entries entries,
            int filledRows) {
        this.info = info;
        this.rowKeys = rowKeys;
        this.items = items;
        this.ownItems = ownItems;
        this.labels = labels;
        this.rowStarts = rowStarts;
        this.rowLengths = rowLengths;
        this.rowScales = rowScales;
        this.entries = entries;
        this.filledRows = filledRows;
    }

    /**
     * Reads a table and checks it from the first byte to the last.
     *
     * @throws DamagedException if it is truncated, altered or contradicts itself; the message says where
     * @throws NewerFormatException if a newer version of recsys wrote it
     * @throws IOException if the file cannot be read
     */
    public static Table open(Path file) throws IOException {
        return TableReader.read(file);
    }

    /**
     * Reads a table and checks it as {@link #open} does, but leaves its entries in the file, from where they are read
     * as they are asked for: on the heap are the ids and 8 or 12 bytes a row.
     *
     * <p>As long as the table is in use, the file must not be changed or cut, or what is served is undefined and the
     * process may end with an {@link InternalError}. It may be deleted where the operating system lets an open file go,
     * as Linux does. Its pages are given back when the garbage collector finds the table unused. More than 2 GiB of
     * entries cannot be mapped; such a table is read as {@link #open} does.
     *
     * @throws DamagedException if it is truncated, altered or contradicts itself; the message says where
     * @throws NewerFormatException if a newer version of recsys wrote it
     * @throws IOException if the file cannot be read or mapped
     */
    public static Table map(Path file) throws IOException {
        return TableReader.map(file);
    }

    /** Returns what the table says of itself. */
    public TableInfo info() {
        return info;
    }

    /** Returns how scores are stored. */
    public TableForm form() {
        return entries.form();
    }

    /** Returns whether the entries are read from a mapped file. */
    public boolean isMapped() {
        return entries.isMapped();
    }

    /** Returns what the rows are named by. */
    public RowKeys rowKeys() {
        return rowKeys;
    }

    /** Returns the number of items. */
    public int itemCount() {
        return items.size();
    }

    /** Returns the id of an item by its number. */
    public String itemId(int item) {
        return items.get(item);
    }

    /** Returns the number of an item, or -1 if the table does not know it. */
    public int indexOf(String itemId) {
        return items.indexOf(itemId);
    }

    /** Compares two items by their ids, code point by code point: the order in which ties are broken everywhere. */
    public int compareIds(int left, int right) {
        return items.compare(left, right);
    }

    /**
     * Returns this table under the numbering of a catalogue that knows all its items: with the same entries if the
     * catalogue begins with its numbering, else a copy on the heap in the exact form.
     */
    public Table renumbered(Catalogue catalogue) {
        IdPool ids = catalogue.ids();
        if (items == ids) {
            return this;
        }
        boolean ownNumbers = items.beginsWith(ownItems) && ids.beginsWith(ownItems); // entries name own items only
        return ownNumbers || ids.beginsWith(items) ? withIds(ids) : Renumbering.of(this, ids);
    }

    private Table withIds(IdPool ids) {
        int rows = rowKeys == RowKeys.ITEMS ? ids.size() : rowStarts.length;
        boolean packed = form() == TableForm.PACKED;
        boolean isWhole = ids.size() == ownItems.size() && ids.beginsWith(ownItems);
        return new Table(
                info,
                rowKeys,
                ids,
                isWhole ? ids : ownItems, // equal ids once in memory, for all tables of a release
                labels,
                withRows(rowStarts, rows),
                withRows(rowLengths, rows),
                packed && rows != rowScales.length ? Arrays.copyOf(rowScales, rows) : rowScales,
                entries,
                filledRows);
    }

    private static int[] withRows(int[] values, int rows) {
        return values.length == rows ? values : Arrays.copyOf(values, rows);
    }

    IdPool ids() {
        return items;
    }

    /** Returns the items that the table had when it was read: a copy under a wider numbering brings no other ones along. */
    IdPool ownIds() {
        return ownItems;
    }

    IdPool labelIds() {
        return labels;
    }

    /** Returns the number of rows, empty ones included. */
    public int rowCount() {
        return rowStarts.length;
    }

    /** Returns the number of rows that have an entry. */
    public int filledRows() {
        return filledRows;
    }

    /**
     * Returns the number of items that the table has something to say about: those with a row of their own, or, where
     * rows have labels, those that are listed anywhere.
     */
    public int coveredItems() {
        if (rowKeys == RowKeys.ITEMS) {
            return filledRows;
        }
        return entries.count() == 0 ? 0 : ownItems.size();
    }

    /** Returns how much of what is in the file that the table was read from. */
    public TableCounts counts() {
        return new TableCounts(
                ownItems.size(),
                rowKeys == RowKeys.LABELS ? labels.size() : 0,
                (long) ownItems.poolBytes() + labels.poolBytes(),
                entries.count());
    }

    /** Returns the number of entries. */
    public int entryCount() {
        return entries.count();
    }

    /** Returns the row of an item or label, or -1 if there is none. */
    public int rowOf(String key) {
        return rowKeys == RowKeys.ITEMS ? items.indexOf(key) : labels.indexOf(key);
    }

    /** Returns the item or label a row belongs to. */
    public String rowKey(int row) {
        return rowKeys == RowKeys.ITEMS ? items.get(row) : labels.get(row);
    }

    /** Returns the position of a row's first entry. */
    public int rowStart(int row) {
        return rowStarts[row];
    }

    /** Returns the position after a row's last entry. */
    public int rowEnd(int row) {
        return rowStarts[row] + rowLengths[row];
    }

    /** Returns the item number of the entry at a position. */
    public int item(int position) {
        return entries.item(position);
    }

    /** Returns the score of the entry at a position, which is in the given row. */
    public float score(int row, int position) {
        return entries.score(position, rowScales, row);
    }

    /**
     * Reads a little of each cache line of a row, so that rows which are needed next come from memory side by side. Returns a number that
     * says nothing, but depends on what was read.
     */
    public int touch(int row) {
        return entries.touch(rowStarts[row], rowEnd(row));
    }

    /** Copies so many entries of a row from a position on: their item numbers, and their scores. */
    public void copyEntries(int row, int position, int length, int[] toItems, float[] toScores) {
        entries.read(position, length, form() == TableForm.PACKED ? rowScales[row] : 1, toItems, toScores);
    }

    /** Returns a row as a list; empty if there is no such row. */
    public List<ScoredItem> row(String key) {
        int row = rowOf(key);
        if (row < 0) {
            return List.of();
        }
        List<ScoredItem> list = new ArrayList<>(rowLengths[row]);
        for (int position = rowStart(row); position < rowEnd(row); position++) {
            list.add(new ScoredItem(itemId(item(position)), score(row, position)));
        }
        return List.copyOf(list);
    }

    /** Returns the heap that the table takes if it is alone, in bytes, within a few hundred. */
    public long heapBytes() {
        long ownBytes = ownItems == items ? 0 : ownItems.heapBytes();
        return items.heapBytes() + ownBytes + labels.heapBytes() + rowBytes();
    }

    /** Returns the heap that the rows and entries take, without the ids. */
    long rowBytes() {
        return 4L * ((long) rowStarts.length + rowLengths.length + rowScales.length) + entries.heapBytes();
    }
}
