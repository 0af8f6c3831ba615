package dev.recsys.pipelines.signals;

import dev.recsys.control.ItemAttributes;
import dev.recsys.internal.IdPool;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is alike: for each item the items whose vectors of brand, categories, tags and price have the largest cosine with
 * its own, weighted as {@link ContentWeighting} says. It covers items that nobody did anything with yet.
 *
 * <p>A feature that many items share counts little by its weight; only so many of them are candidates, those with the most
 * events ({@link ContentSettings#maxPostings}). An item beyond these is found by its other features, and has a row of its
 * own all the same. Without such features cosines are the same in both directions.
 *
 * <p>The same items, events and settings give the same bytes, however many threads compute them and in whatever order
 * items come. Takes about 24 bytes a feature of an item, and 12 bytes an item for each thread.
 */
public final class ContentSignal {
    private final ContentSettings settings;
    private final int threads;
    private final ProgressListener listener;

    /**
     * Creates the computation.
     *
     * @param settings how
     * @param threads how many threads compute, at least 1
     * @param listener hears of progress
     */
    public ContentSignal(ContentSettings settings, int threads, ProgressListener listener) {
        this.settings = settings;
        this.threads = threads;
        this.listener = listener;
    }

    /**
     * Writes the table's rows; does not finish it. Every item that is given is in the table, those with the most events
     * first, equal ones by id.
     *
     * @param items what is known of items, each once
     * @param events say which items have the most events
     * @throws IOException if the table cannot be written, or this thread is interrupted
     */
    public void write(List<ItemAttributes> items, Events events, TableWriter table) throws IOException {
        List<ItemAttributes> ordered = byEvents(items, events);
        IdPool ids = new IdPool(ordered.size());
        for (ItemAttributes item : ordered) {
            ids.add(item.itemId());
            table.item(item.itemId());
        }
        ContentIndex index = new ContentIndex(settings, ordered);
        IdOrder order = new IdOrder(ids.sorted());
        new RowWork(threads, listener, Phase.CONTENT_SIM)
                .run(
                        ids.size(),
                        () -> new ContentKernel(settings, index, order),
                        row -> row.writeTo(table, ids.get(row.item())));
    }

    /** Items of events are numbered from the most frequent on. */
    private static List<ItemAttributes> byEvents(List<ItemAttributes> items, Events events) {
        Map<String, ItemAttributes> left = new TreeMap<>();
        items.forEach(item -> left.put(item.itemId(), item));
        List<ItemAttributes> ordered = new ArrayList<>(left.size());
        for (int item = 0; item < events.itemCount(); item++) {
            ItemAttributes known = left.remove(events.itemId(item));
            if (known != null) {
                ordered.add(known);
            }
        }
        ordered.addAll(left.values());
        return ordered;
    }
}
