package dev.recsys.eval;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of two logs was joined.
 *
 * @param lists how many lists were shown, each counted once
 * @param repeatedLists how many came again under the same request id, and were left out
 * @param repeatedOutcomes how many outcomes came again with everything equal, and were left out
 * @param named how many outcomes name a list
 * @param outcomes how many outcomes of each type had which fate; a fate that none had is not there
 */
public record JoinCounts(
        long lists,
        long repeatedLists,
        long repeatedOutcomes,
        long named,
        SortedMap<String, SortedMap<Fate, Long>> outcomes) {
    /**
     * Where fewer of the outcomes that name a list find it, lists were lost, or ids: a convention. What names no list may
     * have come without any, so that no floor tells of it.
     */
    public static final double FLOOR = 0.95;

    /** Copies the counts. */
    public JoinCounts {
        SortedMap<String, SortedMap<Fate, Long>> copy = new TreeMap<>();
        outcomes.forEach((type, fates) -> copy.put(type, Collections.unmodifiableSortedMap(new TreeMap<>(fates))));
        outcomes = Collections.unmodifiableSortedMap(copy);
    }

    /** Returns how many outcomes of all types had a fate. */
    public long count(Fate fate) {
        return outcomes.values().stream()
                .mapToLong(fates -> fates.getOrDefault(fate, 0L))
                .sum();
    }

    /** Returns the share of outcomes that were joined; empty if there were none. */
    public Optional<Rate> joined() {
        long all = 0;
        long joined = 0;
        for (Map<Fate, Long> fates : outcomes.values()) {
            for (Map.Entry<Fate, Long> entry : fates.entrySet()) {
                all += entry.getValue();
                joined += entry.getKey().isJoined() ? entry.getValue() : 0;
            }
        }
        return all == 0 ? Optional.empty() : Optional.of(new Rate(joined, all));
    }

    /** Returns of the outcomes that name a list the share whose list is in the log; empty if none names one. */
    public Optional<Rate> found() {
        return named == 0 ? Optional.empty() : Optional.of(new Rate(named - count(Fate.NO_SUCH_REQUEST), named));
    }

    /** Returns whether so many lists are missing that rates are lower bounds. */
    public boolean isBelowFloor() {
        return found().filter(rate -> rate.value() < FLOOR).isPresent();
    }
}
