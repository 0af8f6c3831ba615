package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.events.SpilledEvents;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.table.TableWriter;
import java.io.IOException;

/**
 * Popularity of events that are in files: the same bytes as {@link PopularitySignal} writes. All events of an item are in one
 * part and in the order of their time, so that they are added up in the same order.
 */
public final class SpilledPopularity {
    private final PopularitySettings settings;
    private final long loadedBytes;
    private final ProgressListener listener;

    /**
     * Creates the computation.
     *
     * @param loadedBytes what the best items of segments may take; the events are read once for every so many
     */
    public SpilledPopularity(PopularitySettings settings, long loadedBytes, ProgressListener listener) {
        this.settings = settings;
        this.loadedBytes = loadedBytes;
        this.listener = listener;
    }

    /**
     * Writes the table's rows; does not finish it. Every item is in the table, in the order of their numbers. Without events
     * there is no row.
     *
     * @throws IOException if the table cannot be written, or the events not be read
     */
    public void write(SpilledEvents events, TableWriter table) throws IOException {
        Events names = events.names();
        for (int item = 0; item < names.itemCount(); item++) {
            table.item(names.itemId(item));
        }
        int segments = names.segmentCount();
        int atOnce = segmentsAtOnce(names);
        long readings = 1L + Math.max(0, (segments - 1) / atOnce);
        Progress progress = new Progress(listener, Phase.POPULARITY, readings * events.parts());
        if (events.size() > 0) {
            Reading reading = new Reading(events, new IdOrder(names), progress);
            reading.everybody(Math.min(atOnce, segments), table);
            for (int from = atOnce; from < segments; from += atOnce) {
                reading.segments(from, Math.min(from + atOnce, segments), table);
            }
        }
        progress.done();
    }

    private int segmentsAtOnce(Events names) {
        long bytes = BestItems.bytes(settings.segmentItems(), names.itemCount());
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE / 2, loadedBytes / bytes));
    }

    /** Reads the events, once for everybody and some segments, and again for other segments. */
    private final class Reading {
        private final SpilledEvents events;
        private final IdOrder ids;
        private final Progress progress;
        private final long asOf;
        private int partsRead;

        Reading(SpilledEvents events, IdOrder ids, Progress progress) {
            this.events = events;
            this.ids = ids;
            this.progress = progress;
            this.asOf = PopularitySignal.asOf(settings, events.newest());
        }

        void everybody(int segments, TableWriter table) throws IOException {
            int items = events.names().itemCount();
            BestItems everybody = new BestItems(ids, Math.min(PopularitySignal.MAX_ROW, items));
            BestItems[] best = best(segments);
            events.byItem(part -> {
                ItemScores sums = PopularitySignal.scores(settings, part, asOf);
                for (int event = 0; event < part.size(); event++) {
                    sums.add(event);
                }
                sums.drainTo(everybody);
                add(part, sums, 0, best);
            });
            PopularitySignal.writeRow(PopularitySignal.EVERYBODY, everybody, table);
            write(0, best, table);
        }

        void segments(int from, int to, TableWriter table) throws IOException {
            BestItems[] best = best(to - from);
            events.byItem(part -> add(part, PopularitySignal.scores(settings, part, asOf), from, best));
            write(from, best, table);
        }

        private void add(Events part, ItemScores sums, int from, BestItems[] best) {
            Grouping bySegment = new Grouping(part.size(), best.length, event -> {
                int segment = part.segmentOf(event) - from;
                return segment < best.length ? segment : -1;
            });
            for (int segment = 0; segment < best.length; segment++) {
                for (int i = bySegment.start(segment); i < bySegment.end(segment); i++) {
                    sums.add(bySegment.at(i));
                }
                sums.drainTo(best[segment]);
            }
            progress.at(++partsRead);
        }

        private BestItems[] best(int segments) {
            BestItems[] best = new BestItems[segments];
            for (int segment = 0; segment < segments; segment++) {
                best[segment] = new BestItems(ids, settings.segmentItems());
            }
            return best;
        }

        private void write(int from, BestItems[] best, TableWriter table) throws IOException {
            for (int i = 0; i < best.length; i++) {
                PopularitySignal.writeRow(events.names().segment(from + i), best[i], table);
            }
        }
    }
}
