package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.table.TableWriter;
import java.io.IOException;

/**
 * What comes next: for each item i the items j that follow it within a session. The score of j is {@code W[i][j] / sum
 * over k of W[i][k]}, where {@code W[i][j]} sums {@code stepDecay^(d - 1)}, and with a half-life of gaps {@code * 2^(-gap /
 * halfLife)}, over all places where j comes d steps after i, d up to a limit. Several events in a row about one item are
 * one step, and an item does not follow itself. The sequential rules of Ludewig, Jannach: Evaluation of Session-Based
 * Recommendation Algorithms, User Modeling and User-Adapted Interaction 28, 2018, section 3.1; decay by steps back and
 * support as in Kersbergen, Sprangers, Schelter: Serenade, SIGMOD 2022, section 3. Departures: the decay is geometric, not
 * {@code 1 / d}; rows are shares of all that follows; a place's weight is rounded to 2^-32, so that sums do not depend on
 * their order.
 *
 * <p>The same events and settings give the same bytes, however many threads compute them. Takes 20 bytes an event beside
 * the events, and 20 bytes an item for each thread.
 */
public final class SessionSeqSignal {
    private final SessionSeqSettings settings;
    private final SessionSettings sessions;
    private final int threads;
    private final ProgressListener listener;

    /**
     * Creates the computation.
     *
     * @param settings how
     * @param sessions what a session is
     * @param threads how many threads compute, at least 1
     * @param listener hears of progress
     */
    public SessionSeqSignal(
            SessionSeqSettings settings, SessionSettings sessions, int threads, ProgressListener listener) {
        this.settings = settings;
        this.sessions = sessions;
        this.threads = threads;
        this.listener = listener;
    }

    /**
     * Writes the table's rows; does not finish it. Every item of the events is in the table, in the order of their
     * numbers.
     *
     * @throws IOException if the table cannot be written, or this thread is interrupted
     */
    public void write(Events events, TableWriter table) throws IOException {
        int items = events.itemCount();
        for (int item = 0; item < items; item++) {
            table.item(events.itemId(item));
        }
        Visits visits = Visits.of(events, sessions);
        IdOrder ids = new IdOrder(events);
        new RowWork(threads, listener, Phase.SESSION_SEQ)
                .run(
                        items,
                        () -> new TransitionKernel(settings, visits, ids),
                        row -> row.writeTo(table, events.itemId(row.item())));
    }
}
