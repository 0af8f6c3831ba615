package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.util.function.Supplier;

/** Trains models in memory, for those who score with them at once; {@link ImplicitSignal} writes them as tables. */
public final class ItemModels {
    private ItemModels() {}

    /**
     * Trains a model. The same histories and settings give the same scores, however many threads compute them.
     *
     * @param settings which model and its constants
     * @param events what the histories are made of; ties go by their items' ids
     * @param histories the users' items, see {@link Baskets#ofUsers}; sessions do as well
     * @param threads how many threads compute, at least 1
     * @param listener hears of progress
     * @throws IOException if this thread is interrupted
     */
    public static ItemModel train(
            ImplicitSettings settings, Events events, Baskets histories, int threads, ProgressListener listener)
            throws IOException {
        return switch (settings.model()) {
            case EASE -> EaseModel.train(settings.ease(), histories, events.itemCount(), threads, listener);
            case IALS -> IalsTraining.train(settings.ials(), histories, events.itemCount(), threads, listener);
            default -> {
                SparseModel model = new SparseModel(events.itemCount());
                rows(settings, events, histories, threads, listener, model::add);
                model.finish();
                yield model;
            }
        };
    }

    /** Computes the best neighbours of each item by a model, in the order of the items. */
    static void rows(
            ImplicitSettings settings,
            Events events,
            Baskets histories,
            int threads,
            ProgressListener listener,
            OrderedWork.Taker<NeighbourRow> taker)
            throws IOException {
        int items = events.itemCount();
        IdOrder ids = new IdOrder(events);
        Supplier<RowSource> rows;
        if (settings.model().similarity().isPresent()) {
            CoocMatrix matrix = new CoocMatrix(settings.pairs(), histories, items, ids);
            rows = () -> new RowKernel(matrix);
        } else {
            ItemModel model = train(settings, events, histories, threads, listener);
            rows = () -> new ModelRows(model, ids, settings.pairs().neighbours());
        }
        new RowWork(threads, listener, Phase.IMPLICIT).run(items, rows, taker);
    }
}
