package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Popularity: each item's {@code sum over its events of weight(type) * 2^(-age / half-life)}, for everybody (the empty
 * label) and for each segment. Exponential decay of old data after Ding, Li: Time Weight Collaborative Filtering, CIKM
 * 2005, section 4.2. With {@link PopularitySettings#trend} the score is that of {@link Trend} instead. Takes 24 bytes an item and 4 bytes an event beside the events.
 */
public final class PopularitySignal {
    static final String EVERYBODY = "";
    static final int MAX_ROW = 1 << 24;

    private final PopularitySettings settings;
    private final ProgressListener listener;

    /**
     * Creates the computation.
     *
     * @param settings how
     * @param listener hears of progress
     */
    public PopularitySignal(PopularitySettings settings, ProgressListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Writes the table's rows; does not finish it. Every item of the events is in the table, in the order of their
     * numbers. Without events there is no row.
     *
     * @throws IOException if the table cannot be written
     */
    public void write(Events events, TableWriter table) throws IOException {
        for (int item = 0; item < events.itemCount(); item++) {
            table.item(events.itemId(item));
        }
        Progress progress = new Progress(listener, Phase.POPULARITY, events.segmentCount() + 1L);
        if (events.size() > 0) {
            writeRows(events, table, progress);
        }
        progress.done();
    }

    private void writeRows(Events events, TableWriter table, Progress progress) throws IOException {
        IdOrder ids = new IdOrder(events);
        ItemScores sums = scores(settings, events, asOf(settings, events.newest()));
        for (int event = 0; event < events.size(); event++) {
            sums.add(event);
        }
        writeRow(EVERYBODY, sums, new BestItems(ids, Math.min(MAX_ROW, events.itemCount())), table);
        Grouping bySegment = new Grouping(events.size(), events.segmentCount(), events::segmentOf);
        BestItems best = new BestItems(ids, settings.segmentItems());
        for (int segment = 0; segment < bySegment.keys(); segment++) {
            for (int i = bySegment.start(segment); i < bySegment.end(segment); i++) {
                sums.add(bySegment.at(i));
            }
            writeRow(events.segment(segment), sums, best, table);
            progress.at(segment + 1L);
        }
    }

    /** Returns where events are added up, some of which may be in other {@link Events}. */
    static ItemScores scores(PopularitySettings settings, Events events, long asOf) {
        EventWeights weights = new EventWeights(events, settings, asOf);
        return settings.trend().isPresent()
                ? new TrendScores(events, weights, settings.trend().get(), asOf)
                : new ItemSums(events, weights);
    }

    static long asOf(PopularitySettings settings, Optional<Instant> newest) {
        return settings.asOf().or(() -> newest).orElse(Instant.EPOCH).toEpochMilli();
    }

    private static void writeRow(String label, ItemScores sums, BestItems best, TableWriter table) throws IOException {
        sums.drainTo(best);
        writeRow(label, best, table);
    }

    /** Writes the best items as a row, and none are left. */
    static void writeRow(String label, BestItems best, TableWriter table) throws IOException {
        int[] items = new int[best.size()];
        float[] scores = new float[best.size()];
        int length = best.drainTo(items, scores);
        table.row(label, items, scores, length);
    }
}
