package dev.recsys.eval;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of the lists of a group, or of those of their items that are in it.
 *
 * @param lists how many lists
 * @param emptyLists how many of them had no item
 * @param clicks clicked items by items that were shown, an item once however often it was clicked; clustered by list
 * @param conversions the same of conversions
 * @param clickedLists how many lists have a clicked item of the group
 * @param convertedLists how many have a converted one
 * @param value the sum of the values of conversions
 * @param latencyP50 the median of the latencies, in nanoseconds, if some were measured
 * @param latencyP99 the latency that 99 of 100 do not exceed
 */
public record GroupRates(
        long lists,
        long emptyLists,
        ClusteredRate clicks,
        ClusteredRate conversions,
        long clickedLists,
        long convertedLists,
        double value,
        OptionalLong latencyP50,
        OptionalLong latencyP99) {
    /** Of no list. */
    public static final GroupRates NONE = new GroupRates(
            0, 0, ClusteredRate.NONE, ClusteredRate.NONE, 0, 0, 0, OptionalLong.empty(), OptionalLong.empty());

    /** Of fewer lists nothing is said but how many they are: a convention. */
    public static final long LEAST_LISTS = 100;

    /** Returns whether the lists are too few to say more. */
    public boolean isFew() {
        return lists < LEAST_LISTS;
    }

    /** Returns the share of items that were clicked; empty for too few lists, or without items. */
    public Optional<Estimate> clickRate() {
        return perItem(clicks);
    }

    /** Returns the share of items that were converted; empty for too few lists, or without items. */
    public Optional<Estimate> conversionRate() {
        return perItem(conversions);
    }

    /** Returns the share of lists with a click, by Wilson; empty for too few lists. */
    public Optional<Estimate> listClickRate() {
        return perList(clickedLists);
    }

    /** Returns the share of lists with a conversion, by Wilson; empty for too few lists. */
    public Optional<Estimate> listConversionRate() {
        return perList(convertedLists);
    }

    /** Returns the share of lists without items, by Wilson; empty for too few lists. */
    public Optional<Estimate> emptyRate() {
        return perList(emptyLists);
    }

    private Optional<Estimate> perItem(ClusteredRate rate) {
        return isFew() || rate.trials() == 0 ? Optional.empty() : Optional.of(rate.estimate());
    }

    private Optional<Estimate> perList(long successes) {
        return isFew() ? Optional.empty() : Optional.of(new Rate(successes, lists).estimate());
    }
}
