package dev.recsys.pipelines.signals;

import dev.recsys.internal.IdPool;
import dev.recsys.sums.PopularitySum;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.util.Arrays;

/** Rows of popularity as they come, 16 bytes each. */
final class SummedPopularity {
    private static final String EVERYBODY = "";
    private static final int MAX_ROW = 1 << 24;

    private final IdPool ids = new IdPool(1024);
    private final IdPool segments = new IdPool(16);
    private long[] events = new long[1024]; // [item by place] of everybody
    private int[] rowSegments = new int[1024]; // [row]
    private int[] rowItems = new int[1024]; // [row] item by place
    private double[] amounts = new double[1024]; // [row]
    private int rows;

    SummedPopularity() {
        segments.add(EVERYBODY);
    }

    void add(PopularitySum row) {
        if (rows == amounts.length) {
            rowSegments = Arrays.copyOf(rowSegments, rows * 2);
            rowItems = Arrays.copyOf(rowItems, rows * 2);
            amounts = Arrays.copyOf(amounts, rows * 2);
        }
        int item = ids.add(row.item());
        if (item >= events.length) {
            events = Arrays.copyOf(events, events.length * 2);
        }
        rowSegments[rows] = segments.add(row.segment());
        rowItems[rows] = item;
        amounts[rows] = row.amount();
        rows++;
        if (row.segment().equals(EVERYBODY)) {
            events[item] = row.events();
        }
    }

    /** Returns the items of all rows; no row may come after that. */
    SummedItems items() {
        return new SummedItems(ids, events);
    }

    /** Writes the rows: everybody's first, then those of the segments by name. Without any there is no row. */
    void write(SummedItems items, int segmentItems, TableWriter table) throws IOException {
        if (rows == 0) {
            return;
        }
        Grouping bySegment = new Grouping(rows, segments.size(), row -> rowSegments[row]);
        write(bySegment, 0, items, new BestItems(items.order(), Math.min(MAX_ROW, items.count())), table);
        BestItems best = new BestItems(items.order(), segmentItems);
        for (int segment : segments.sorted()) {
            if (segment > 0) {
                write(bySegment, segment, items, best, table);
            }
        }
    }

    private void write(Grouping bySegment, int segment, SummedItems items, BestItems best, TableWriter table)
            throws IOException {
        for (int i = bySegment.start(segment); i < bySegment.end(segment); i++) {
            int row = bySegment.at(i);
            best.offer(items.number(rowItems[row]), (float) amounts[row]);
        }
        PopularitySignal.writeRow(segments.get(segment), best, table);
    }
}
