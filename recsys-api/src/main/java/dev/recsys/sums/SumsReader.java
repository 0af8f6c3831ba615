package dev.recsys.sums;

import java.time.LocalDate;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * One revision while it is read. Of no use once the reading has ended.
 *
 * <p>Factors say which days are added up, and what a number of each is multiplied by before: a sum is {@code factor(d1) *
 * value(d1) + factor(d2) * value(d2) ..}, from the first day to the last. Counts are added up as they are. Rows come in any
 * order, each key once, and only keys of which one of the days has a row.
 */
public interface SumsReader {
    /** Returns the state of the revision that is read. */
    TablesState state();

    /** Gives what events count, one row for each segment and item. */
    void popularity(SortedMap<LocalDate, Double> factors, Consumer<PopularitySum> taker);

    /** Gives in which sessions items are, one row for each item. */
    void items(SortedMap<LocalDate, Double> factors, Consumer<ItemSum> taker);

    /** Gives in which sessions items are together, one row for each pair. */
    void pairs(SortedMap<LocalDate, Double> factors, Consumer<PairSum> taker);
}
