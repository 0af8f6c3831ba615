package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.signals.ItemModel;
import dev.recsys.table.Table;

/** A table of neighbours under the numbers of {@link KnownItems}. Immutable. */
final class NeighbourRows implements ItemModel {
    private final int[] starts; // [item]
    private final int[] ends; // [item]
    private final int[] items; // [position]
    private final float[] scores; // [position]

    NeighbourRows(Table table, KnownItems known) {
        this.starts = new int[known.size()];
        this.ends = new int[known.size()];
        this.items = new int[table.entryCount()];
        this.scores = new float[table.entryCount()];
        int next = 0;
        for (int row = 0; row < table.rowCount(); row++) {
            int item = known.indexOf(table.rowKey(row));
            starts[item] = next;
            for (int position = table.rowStart(row); position < table.rowEnd(row); position++) {
                items[next] = known.indexOf(table.itemId(table.item(position)));
                scores[next++] = table.score(row, position);
            }
            ends[item] = next;
        }
    }

    @Override
    public int itemCount() {
        return starts.length;
    }

    @Override
    public void addRow(int item, double weight, double[] sums) {
        for (int position = starts[item]; position < ends[item]; position++) {
            sums[items[position]] += weight * scores[position];
        }
    }
}
