package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.table.TableWriter;
import java.io.IOException;

/**
 * What users take beside an item, over their whole histories: for each item its best neighbours by an {@link
 * ImplicitModel}. The same events and settings give the same bytes, however many threads compute them.
 */
public final class ImplicitSignal {
    private final ImplicitSettings settings;
    private final int threads;
    private final ProgressListener listener;

    /**
     * Creates the computation.
     *
     * @param settings how
     * @param threads how many threads compute, at least 1
     * @param listener hears of progress
     */
    public ImplicitSignal(ImplicitSettings settings, int threads, ProgressListener listener) {
        this.settings = settings;
        this.threads = threads;
        this.listener = listener;
    }

    /**
     * Writes the table's rows; does not finish it. Every item of the events is in the table, in the order of their
     * numbers. Without users there is no row.
     *
     * @throws IOException if the table cannot be written, or this thread is interrupted
     */
    public void write(Events events, TableWriter table) throws IOException {
        int items = events.itemCount();
        for (int item = 0; item < items; item++) {
            table.item(events.itemId(item));
        }
        Baskets histories = Baskets.ofUsers(events, settings.historyItems());
        ItemModels.rows(
                settings, events, histories, threads, listener, row -> row.writeTo(table, events.itemId(row.item())));
    }
}
