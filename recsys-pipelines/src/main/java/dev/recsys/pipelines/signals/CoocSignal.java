package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.table.TableWriter;
import java.io.IOException;

/**
 * Co-visitation: for each item the items that sessions have beside it, by a {@link Similarity}. The same events and
 * settings give the same bytes, however many threads compute them.
 *
 * <p>Takes about 16 bytes an event, 36 bytes a session and 44 bytes an item beside the events, and 8 to 16 bytes an item
 * for each thread; 4 bytes an event less where pairs have weights, 4 more for BM25-cosine.
 */
public final class CoocSignal {
    private final CoocSettings settings;
    private final int threads;
    private final ProgressListener listener;

    /**
     * Creates the computation.
     *
     * @param settings how
     * @param threads how many threads compute rows, at least 1
     * @param listener hears of progress
     */
    public CoocSignal(CoocSettings settings, int threads, ProgressListener listener) {
        this.settings = settings;
        this.threads = threads;
        this.listener = listener;
    }

    /**
     * Writes the table's rows; does not finish it. Every item of the events is in the table, in the order of their
     * numbers.
     *
     * @throws IOException if the table cannot be written, or this thread is interrupted
     */
    public void write(Events events, Baskets baskets, TableWriter table) throws IOException {
        int items = events.itemCount();
        for (int item = 0; item < items; item++) {
            table.item(events.itemId(item));
        }
        CoocMatrix matrix = new CoocMatrix(settings, baskets, items, new IdOrder(events));
        new RowWork(threads, listener, Phase.COOC)
                .run(items, () -> new RowKernel(matrix), row -> row.writeTo(table, events.itemId(row.item())));
    }
}
