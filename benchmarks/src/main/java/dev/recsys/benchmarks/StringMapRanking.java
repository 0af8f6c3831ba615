package dev.recsys.benchmarks;

import dev.recsys.RecommendedItem;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/** The same ranking as one would write it first: on hash maps with strings for keys. */
final class StringMapRanking {
    private static final float DECAY = 0.8f;
    private static final float POPULARITY_WEIGHT = 0.2f;
    private static final int POPULARITY_HEAD = 1_000;
    private static final Comparator<Map.Entry<String, Float>> BEST_FIRST =
            Map.Entry.<String, Float>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final Table cooc;
    private final Map<String, List<ScoredItem>> neighbours = new HashMap<>(); // of what somebody asked for
    private final List<ScoredItem> head; // best first
    private final Set<String> inHead = new HashSet<>();

    StringMapRanking(Table cooc, Table popularity) {
        this.cooc = cooc;
        List<ScoredItem> popular = popularity.row("");
        this.head = List.copyOf(popular.subList(0, Math.min(POPULARITY_HEAD, popular.size())));
        head.forEach(item -> inHead.add(item.itemId()));
    }

    List<RecommendedItem> recommend(List<String> recent, int k) {
        return recommend(recent, Set.of(), item -> true, k);
    }

    /**
     * Recommends.
     *
     * @param left the items that are left out beside the recent ones
     * @param admits is asked of each item in its turn, the best first, whether it comes into the list
     */
    List<RecommendedItem> recommend(List<String> recent, Set<String> left, Predicate<String> admits, int k) {
        Set<String> excluded = new HashSet<>(recent);
        excluded.addAll(left);
        Map<String, Float> scores = new HashMap<>();
        addNeighbours(recent, excluded, scores);
        Set<String> byNeighbours = new HashSet<>(scores.keySet());
        addPopular(excluded, scores);
        List<RecommendedItem> items = new ArrayList<>();
        for (Map.Entry<String, Float> entry : best(scores, admits, k)) {
            List<String> signals = signals(byNeighbours.contains(entry.getKey()), inHead.contains(entry.getKey()));
            items.add(new RecommendedItem(entry.getKey(), entry.getValue(), signals, List.of(), 1));
        }
        return items;
    }

    private void addNeighbours(List<String> recent, Set<String> excluded, Map<String, Float> scores) {
        float weight = 1;
        for (String item : recent) {
            for (ScoredItem neighbour : neighbours.computeIfAbsent(item, cooc::row)) {
                if (!excluded.contains(neighbour.itemId())) {
                    scores.merge(neighbour.itemId(), weight * neighbour.score(), Float::sum);
                }
            }
            weight *= DECAY;
        }
        float best = 0;
        for (float score : scores.values()) {
            best = Math.max(best, score);
        }
        double factor = best > 0 ? 1.0 / best : 0;
        scores.replaceAll((item, score) -> (float) (score * factor));
    }

    private void addPopular(Set<String> excluded, Map<String, Float> scores) {
        float best = 0;
        for (ScoredItem item : head) {
            best = excluded.contains(item.itemId()) ? best : Math.max(best, item.score());
        }
        double factor = best > 0 ? (double) POPULARITY_WEIGHT / best : 0;
        for (ScoredItem item : head) {
            if (!excluded.contains(item.itemId())) {
                scores.merge(item.itemId(), (float) (factor * item.score()), Float::sum);
            }
        }
    }

    static List<String> signals(boolean byNeighbours, boolean byPopularity) {
        if (byNeighbours && byPopularity) {
            return List.of("cooc", "popularity");
        }
        return byNeighbours ? List.of("cooc") : List.of("popularity");
    }

    private static List<Map.Entry<String, Float>> best(Map<String, Float> scores, Predicate<String> admits, int k) {
        PriorityQueue<Map.Entry<String, Float>> bestFirst = new PriorityQueue<>(scores.size() + 1, BEST_FIRST);
        bestFirst.addAll(scores.entrySet());
        List<Map.Entry<String, Float>> best = new ArrayList<>();
        while (best.size() < k && !bestFirst.isEmpty()) {
            Map.Entry<String, Float> next = bestFirst.poll();
            if (admits.test(next.getKey())) {
                best.add(next);
            }
        }
        return best;
    }
}
