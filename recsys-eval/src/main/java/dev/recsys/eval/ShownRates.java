package dev.recsys.eval;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up what came of lists, by every facet of the lists and of their items. The figures depend on the order in which lists
 * come by no more than the rounding of the sums of values. Takes 8 bytes a list and facet for latencies. Not safe for concurrent
 * use.
 */
public final class ShownRates {
    private final OutcomeKinds kinds;
    private final SortedMap<Facet, Group> groups = new TreeMap<>();

    /** Starts without lists. */
    public ShownRates(OutcomeKinds kinds) {
        this.kinds = kinds;
    }

    /** Adds a list. */
    public void add(JoinedList joined) {
        LoggedList list = joined.list();
        SortedMap<Facet, Part> parts = new TreeMap<>();
        parts.put(Facet.ALL, new Part());
        list.facets().forEach(facet -> parts.put(facet, new Part()));
        List<Part> ofList = List.copyOf(parts.values());
        for (int index = 0; index < list.items().size(); index++) {
            Item item = new Item(joined.outcomes().getOrDefault(index, List.of()), kinds);
            ofList.forEach(item::addTo);
            item.addTo(part(parts, Facet.position(index)));
            list.items().get(index).facets().forEach(facet -> item.addTo(part(parts, facet)));
        }
        parts.forEach((facet, part) ->
                groups.computeIfAbsent(facet, unused -> new Group()).add(part, list.latencyNanos()));
    }

    private static Part part(SortedMap<Facet, Part> parts, Facet facet) {
        return parts.computeIfAbsent(facet, unused -> new Part());
    }

    /** Returns the figures of each group, in the order of facets; {@link Facet#ALL} is there unless there was no list. */
    public SortedMap<Facet, GroupRates> groups() {
        SortedMap<Facet, GroupRates> rates = new TreeMap<>();
        groups.forEach((facet, group) -> rates.put(facet, group.rates()));
        return rates;
    }

    /** What came of one item of one list. */
    private static final class Item {
        private final boolean isClicked;
        private final boolean isConverted;
        private final double value;

        Item(List<LoggedOutcome> outcomes, OutcomeKinds kinds) {
            List<LoggedOutcome> bought = outcomes.stream()
                    .filter(outcome -> kinds.conversions().contains(outcome.type()))
                    .toList();
            this.isClicked =
                    outcomes.stream().anyMatch(outcome -> kinds.clicks().contains(outcome.type()));
            this.isConverted = !bought.isEmpty();
            Sum sum = new Sum();
            bought.forEach(outcome -> sum.add(outcome.value().orElse(0)));
            this.value = sum.value();
        }

        void addTo(Part part) {
            part.items++;
            part.clicked += isClicked ? 1 : 0;
            part.converted += isConverted ? 1 : 0;
            part.value += value;
        }
    }

    /** The items of one list that are in a group. */
    private static final class Part {
        private long items;
        private long clicked;
        private long converted;
        private double value;
    }

    /** All lists of a group. */
    private static final class Group {
        private ClusteredRate clicks = ClusteredRate.NONE;
        private ClusteredRate conversions = ClusteredRate.NONE;
        private final Sum value = new Sum();
        private long lists;
        private long emptyLists;
        private long clickedLists;
        private long convertedLists;
        private long[] latencies = new long[8]; // [measured], in nanoseconds
        private int measured;

        void add(Part part, OptionalLong latencyNanos) {
            lists++;
            emptyLists += part.items == 0 ? 1 : 0;
            clickedLists += part.clicked > 0 ? 1 : 0;
            convertedLists += part.converted > 0 ? 1 : 0;
            clicks = clicks.plus(part.clicked, part.items);
            conversions = conversions.plus(part.converted, part.items);
            value.add(part.value);
            latencyNanos.ifPresent(this::measure);
        }

        private void measure(long nanos) {
            latencies = measured == latencies.length ? Arrays.copyOf(latencies, 2 * measured) : latencies;
            latencies[measured++] = nanos;
        }

        GroupRates rates() {
            Arrays.sort(latencies, 0, measured);
            return new GroupRates(
                    lists,
                    emptyLists,
                    clicks,
                    conversions,
                    clickedLists,
                    convertedLists,
                    value.value(),
                    latency(50),
                    latency(99));
        }

        /** The nearest rank. */
        private OptionalLong latency(long percent) {
            int rank = (int) ((measured * percent + 99) / 100);
            return measured == 0 ? OptionalLong.empty() : OptionalLong.of(latencies[rank - 1]);
        }
    }
}
