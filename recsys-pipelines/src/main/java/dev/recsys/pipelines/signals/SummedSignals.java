package dev.recsys.pipelines.signals;

import dev.recsys.sums.SumsReader;
import dev.recsys.sums.TablesState;
import dev.recsys.table.TableWriter;
import java.io.IOException;

/**
 * Popularity and co-visitation of a window out of sums of its days: the rows that {@link PopularitySignal} and {@link
 * CoocSignal} write from the window's events, by the same formulas. Sums that came from one window of events give the same
 * bytes of co-visitation; scores of popularity are added up in another order and may differ in the last bit of a float.
 *
 * <p>Everything that was read is in memory: about 16 bytes a row of popularity, 28 a pair, and 200 an item.
 */
public final class SummedSignals {
    private final TablesState state;
    private final SummedItems items;
    private final SummedPopularity popularity;
    private final SummedPairs pairs;

    private SummedSignals(TablesState state, SummedItems items, SummedPopularity popularity, SummedPairs pairs) {
        this.state = state;
        this.items = items;
        this.popularity = popularity;
        this.pairs = pairs;
    }

    /** Reads all days that are there. */
    public static SummedSignals read(SumsReader reader, SumSettings settings) {
        DayFactors factors = new DayFactors(reader.state().days().values(), settings);
        SummedPopularity popularity = new SummedPopularity();
        reader.popularity(factors.ofEvents(), popularity::add);
        SummedItems items = popularity.items();
        SummedPairs pairs = new SummedPairs(items, settings.cooc(), factors.sessionShare());
        reader.items(factors.ofSessions(), pairs::add);
        reader.pairs(factors.ofSessions(), pairs::add);
        return new SummedSignals(reader.state(), items, popularity, pairs);
    }

    /** Returns the state of what was read. */
    public TablesState state() {
        return state;
    }

    /** Returns the number of items. */
    public int itemCount() {
        return items.count();
    }

    /**
     * Writes popularity; does not finish the table.
     *
     * @param segmentItems how many items of a segment are kept
     * @throws IOException if the table cannot be written
     */
    public void writePopularity(int segmentItems, TableWriter table) throws IOException {
        items.nameIn(table);
        popularity.write(items, segmentItems, table);
    }

    /**
     * Writes co-visitation, row by row on this thread; does not finish the table.
     *
     * @throws IOException if the table cannot be written
     */
    public void writeCooc(TableWriter table) throws IOException {
        items.nameIn(table);
        pairs.write(table);
    }
}
