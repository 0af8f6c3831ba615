package dev.recsys.sums;

import java.util.function.Consumer;

/**
 * What one day adds, to be written. Every method may be called any number of times, one at a time, and gives the same rows
 * in the same order; no row comes twice. Rows are made while they are taken, so that a day is never in memory as rows.
 */
public interface DaySums {
    /** Returns what is known of the day beside its rows. */
    DayFigures figures();

    /** Gives what the day's events count, one row for each segment and item that has an event. */
    void popularity(Consumer<PopularitySum> taker);

    /** Gives in which of the day's sessions items are, one row for each item that is in one. */
    void items(Consumer<ItemSum> taker);

    /** Gives in which of the day's sessions items are together, one row for each pair. */
    void pairs(Consumer<PairSum> taker);
}
