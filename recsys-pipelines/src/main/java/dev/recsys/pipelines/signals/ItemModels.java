package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;

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
        int items = events.itemCount();
        CoocMatrix matrix = new CoocMatrix(settings.pairs(), histories, items, new IdOrder(events));
        SparseModel model = new SparseModel(items);
        new RowWork(threads, listener, Phase.IMPLICIT).run(items, () -> new RowKernel(matrix), model::add);
        model.finish();
        return model;
    }
}
