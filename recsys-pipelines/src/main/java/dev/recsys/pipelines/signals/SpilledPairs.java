package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.util.Optional;

/**
 * Co-visitation of sessions that are in a file: the same bytes as {@link CoocSignal} writes, or, from users' histories, as
 * {@link ImplicitSignal}. The rows of a range of items are computed at a time, from the sessions that have one of these.
 */
public final class SpilledPairs {
    private final CoocSettings settings;
    private final int threads;
    private final long loadedBytes;
    private final Phase phase;
    private final ProgressListener listener;

    private SpilledPairs(CoocSettings settings, int threads, long loadedBytes, Phase phase, ProgressListener listener) {
        this.settings = settings;
        this.threads = threads;
        this.loadedBytes = loadedBytes;
        this.phase = phase;
        this.listener = listener;
    }

    /**
     * Creates the computation of co-visitation.
     *
     * @param threads how many threads compute rows, at least 1
     * @param loadedBytes what the sessions in memory may take
     */
    public static SpilledPairs cooc(CoocSettings settings, int threads, long loadedBytes, ProgressListener listener) {
        return new SpilledPairs(settings, threads, loadedBytes, Phase.COOC, listener);
    }

    /**
     * Creates the computation of what users take.
     *
     * @param threads how many threads compute rows, at least 1
     * @param loadedBytes what the histories in memory may take
     * @throws IllegalArgumentException if the model is no similarity
     */
    public static SpilledPairs implicit(
            ImplicitSettings settings, int threads, long loadedBytes, ProgressListener listener) {
        if (settings.model().similarity().isEmpty()) {
            throw new IllegalArgumentException("the model " + settings.model().publicName()
                    + " needs all histories in memory; expected one that is a similarity, such as rp3beta");
        }
        return new SpilledPairs(settings.pairs(), threads, loadedBytes, Phase.IMPLICIT, listener);
    }

    /**
     * Writes the table's rows; does not finish it. Every item is in the table, in the order of their numbers.
     *
     * @param names the items of all events; other events are not looked at
     * @throws IOException if the table cannot be written, the sessions not be read, or this thread is interrupted
     */
    public void write(Events names, SpilledBaskets baskets, TableWriter table) throws IOException {
        int items = names.itemCount();
        for (int item = 0; item < items; item++) {
            table.item(names.itemId(item));
        }
        IdOrder ids = new IdOrder(names);
        Progress progress = new Progress(listener, phase, items);
        BasketRanges ranges = new BasketRanges(baskets, settings, items, loadedBytes);
        CoocTotals totals = new CoocTotals(settings, baskets, ranges);
        ranges.forEach((from, to, loaded) -> {
            CoocMatrix matrix = new CoocMatrix(totals, loaded, ids);
            new RowWork(threads, ProgressListener.NONE, phase)
                    .run(to - from, () -> new RowsFrom(from, new RowKernel(matrix)), row -> {
                        row.writeTo(table, names.itemId(row.item()));
                        progress.at(row.item());
                    });
        });
        progress.done();
    }

    /** Rows counted from an item on. */
    private record RowsFrom(int from, RowSource rows) implements RowSource {
        @Override
        public Optional<NeighbourRow> row(int item) {
            return rows.row(from + item);
        }
    }
}
