package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Computes all rows of an item-item matrix on several threads and takes them in the order of the items. */
final class RowWork {
    private static final int ROWS_PER_PIECE = 256;

    private final int threads;
    private final ProgressListener listener;
    private final Phase phase;

    RowWork(int threads, ProgressListener listener, Phase phase) {
        this.threads = threads;
        this.listener = listener;
        this.phase = phase;
    }

    /**
     * Computes the rows of items 0 to {@code items - 1}.
     *
     * @param sources makes the scratch memory of one thread; called at most once a thread
     * @param taker takes the rows that are not empty, on this thread
     */
    void run(int items, Supplier<? extends RowSource> sources, OrderedWork.Taker<NeighbourRow> taker)
            throws IOException {
        Queue<RowSource> idle = new ConcurrentLinkedQueue<>();
        Progress progress = new Progress(listener, phase, items);
        int pieces = (int) ((items + ROWS_PER_PIECE - 1L) / ROWS_PER_PIECE);
        try (OrderedWork work = new OrderedWork(threads)) {
            work.run(pieces, piece -> rows(piece, items, sources, idle), rows -> {
                for (NeighbourRow row : rows) {
                    taker.take(row);
                    progress.at(row.item());
                }
            });
        }
        progress.done();
    }

    private static List<NeighbourRow> rows(
            int piece, int items, Supplier<? extends RowSource> sources, Queue<RowSource> idle) {
        RowSource borrowed = idle.poll();
        RowSource source = borrowed == null ? sources.get() : borrowed;
        List<NeighbourRow> rows = new ArrayList<>(ROWS_PER_PIECE);
        int end = (int) Math.min(items, (piece + 1L) * ROWS_PER_PIECE);
        for (int item = piece * ROWS_PER_PIECE; item < end; item++) {
            source.row(item).ifPresent(rows::add);
        }
        idle.add(source);
        return rows;
    }
}
