package dev.recsys.table;

import dev.recsys.internal.IdPool;

/**
 * Copies a table under another numbering of its items, onto the heap and in the exact form: 8 bytes an entry, also of one
 * that is packed or mapped, for a packed entry has no room for a larger number.
 */
final class Renumbering {
    private final Table table;
    private final IdPool ids;
    private final int[] numbers; // [old item] new item, or -1 of one that only an earlier catalogue had

    private Renumbering(Table table, IdPool ids) {
        this.table = table;
        this.ids = ids;
        this.numbers = new int[table.itemCount()];
        for (int item = 0; item < numbers.length; item++) {
            numbers[item] = ids.indexOf(table.itemId(item));
            if (numbers[item] < 0 && table.ownIds().indexOf(table.itemId(item)) >= 0) {
                throw new IllegalArgumentException("the catalogue does not know item " + table.itemId(item));
            }
        }
    }

    static Table of(Table table, IdPool ids) {
        return new Renumbering(table, ids).copy();
    }

    private Table copy() {
        boolean byItem = table.rowKeys() == RowKeys.ITEMS;
        int rows = byItem ? ids.size() : table.rowCount();
        int[] starts = new int[rows]; // [row]
        int[] lengths = new int[rows]; // [row]
        int[] entries = new int[table.entryCount()];
        float[] scores = new float[table.entryCount()];
        for (int row = 0; row < table.rowCount(); row++) {
            if (table.rowStart(row) == table.rowEnd(row)) {
                continue;
            }
            int newRow = byItem ? numbers[row] : row;
            starts[newRow] = table.rowStart(row);
            lengths[newRow] = table.rowEnd(row) - table.rowStart(row);
            for (int position = table.rowStart(row); position < table.rowEnd(row); position++) {
                entries[position] = numbers[table.item(position)];
                scores[position] = table.score(row, position);
            }
        }
        return new Table(
                table.info(),
                table.rowKeys(),
                ids,
                table.ownIds(),
                table.labelIds(),
                starts,
                lengths,
                new float[0],
                Entries.exact(entries, scores),
                table.filledRows());
    }
}
