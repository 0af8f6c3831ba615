package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The protocols and the metrics of rankings once more from their definitions, over ids: sorts the whole catalogue for every
 * question, and looks for the targets in it.
 */
final class SlowProtocols {
    private final Set<String> catalogue;
    private final Function<List<String>, Map<String, Double>> recommender;

    /** What is known, most recent first, and what is to be found. */
    record Asked(List<String> recent, Set<String> targets) {}

    /**
     * Takes what is ranked, and what scores it.
     *
     * @param recommender scores for recent items, most recent first; an item that is not there has 0
     */
    SlowProtocols(Set<String> catalogue, Function<List<String>, Map<String, Double>> recommender) {
        this.catalogue = catalogue;
        this.recommender = recommender;
    }

    /** A group for each session of two items or more. */
    static List<List<Asked>> basket(List<Event> test, Set<String> catalogue) {
        Map<String, Set<String>> sessions = new TreeMap<>();
        test.forEach(event -> sessions.computeIfAbsent(event.session(), key -> new TreeSet<>())
                .add(event.item()));
        List<List<Asked>> groups = new ArrayList<>();
        for (Set<String> session : sessions.values()) {
            List<Asked> group = new ArrayList<>();
            for (String hidden : session) {
                List<String> query = session.stream()
                        .filter(item -> !item.equals(hidden) && catalogue.contains(item))
                        .toList();
                group.add(new Asked(query, Set.of(hidden)));
            }
            if (group.size() > 1) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** A group for each user with something to find; the events of each list are in the order of time. */
    static List<List<Asked>> users(List<Event> train, List<Event> test, Set<String> known, boolean needsHistory) {
        List<List<Asked>> groups = new ArrayList<>();
        for (String user : test.stream().map(Event::user).collect(Collectors.toCollection(TreeSet::new))) {
            List<String> recent = recent(train, user);
            Set<String> targets = new TreeSet<>(recent(test, user));
            targets.removeAll(recent);
            targets.retainAll(known);
            if (!targets.isEmpty() && !(needsHistory && recent.isEmpty())) {
                groups.add(List.of(new Asked(recent, targets)));
            }
        }
        return groups;
    }

    private static List<String> recent(List<Event> events, String user) {
        List<String> items = new ArrayList<>();
        for (Event event : events) {
            if (event.user().equals(user)) {
                items.remove(event.item());
                items.add(0, event.item());
            }
        }
        return items;
    }

    /** Returns the figures of rankings by name. */
    Map<String, Double> figures(List<List<Asked>> groups, List<Integer> cuts) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (List<Asked> group : groups) {
            for (Asked asked : group) {
                add(sums, asked, cuts, 1.0 / group.size() / groups.size());
            }
        }
        return sums;
    }

    private void add(Map<String, Double> sums, Asked asked, List<Integer> cuts, double share) {
        List<String> order = order(asked);
        int targets = asked.targets().size();
        for (int cut : cuts) {
            double hits = 0;
            double precisions = 0;
            double gain = 0;
            for (int place = 0; place < Math.min(cut, order.size()); place++) {
                if (asked.targets().contains(order.get(place))) {
                    hits++;
                    precisions += hits / (place + 1);
                    gain += Math.log(2) / Math.log(place + 2);
                }
            }
            sums.merge("recall@" + cut, share * hits / targets, Double::sum);
            sums.merge("precision@" + cut, share * hits / cut, Double::sum);
            sums.merge("hit_rate@" + cut, share * Math.min(1, hits), Double::sum);
            sums.merge("map@" + cut, share * precisions / Math.min(cut, targets), Double::sum);
            sums.merge("ndcg@" + cut, share * gain / ideal(Math.min(cut, targets)), Double::sum);
            sums.merge("ndcg_full@" + cut, share * gain / ideal(targets), Double::sum);
        }
        double reciprocal = 0;
        for (int place = order.size() - 1; place >= 0; place--) {
            reciprocal = asked.targets().contains(order.get(place)) ? 1.0 / (place + 1) : reciprocal;
        }
        sums.merge("mrr", share * reciprocal, Double::sum);
    }

    /** The catalogue but the recent items, best first, of equal ones the targets last. */
    private List<String> order(Asked asked) {
        Map<String, Double> scores = recommender.apply(asked.recent());
        List<String> order = new ArrayList<>(new LinkedHashSet<>(catalogue));
        order.removeAll(asked.recent());
        Collections.sort(order, (left, right) -> {
            int byScore = Double.compare(scores.getOrDefault(right, 0.0), scores.getOrDefault(left, 0.0));
            return byScore != 0
                    ? byScore
                    : Boolean.compare(
                            asked.targets().contains(left), asked.targets().contains(right));
        });
        return order;
    }

    private static double ideal(int targets) {
        double sum = 0;
        for (int place = 0; place < targets; place++) {
            sum += Math.log(2) / Math.log(place + 2);
        }
        return sum;
    }
}
