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

/** The same ranking as one would write it first: on hash maps with strings for keys. */
final class StringMapRanking {
    private static final float DECAY = 0.8f;
    private static final float POPULARITY_WEIGHT = 0.2f;
    private static final int POPULARITY_HEAD = 1_000;
    private static final Comparator<Map.Entry<String, Float>> BEST_FIRST =
            Map.Entry.<String, Float>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final Map<String, List<ScoredItem>> neighbours = new HashMap<>();
    private final List<ScoredItem> head; // best first
    private final Set<String> inHead = new HashSet<>();

    StringMapRanking(Table cooc, Table popularity) {
        for (int row = 0; row < cooc.rowCount(); row++) {
            neighbours.put(cooc.rowKey(row), cooc.row(cooc.rowKey(row)));
        }
        List<ScoredItem> popular = popularity.row("");
        this.head = List.copyOf(popular.subList(0, Math.min(POPULARITY_HEAD, popular.size())));
        head.forEach(item -> inHead.add(item.itemId()));
    }

    List<RecommendedItem> recommend(List<String> recent, int k) {
        Set<String> excluded = new HashSet<>(recent);
        Map<String, Float> scores = new HashMap<>();
        addNeighbours(recent, excluded, scores);
        Set<String> byNeighbours = new HashSet<>(scores.keySet());
        addPopular(excluded, scores);
        List<RecommendedItem> items = new ArrayList<>();
        for (Map.Entry<String, Float> entry : best(scores, k)) {
            List<String> signals = signals(byNeighbours.contains(entry.getKey()), inHead.contains(entry.getKey()));
            items.add(new RecommendedItem(entry.getKey(), entry.getValue(), signals, List.of(), 1));
        }
        return items;
    }

    private void addNeighbours(List<String> recent, Set<String> excluded, Map<String, Float> scores) {
        float weight = 1;
        for (String item : recent) {
            for (ScoredItem neighbour : neighbours.getOrDefault(item, List.of())) {
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

    private static List<String> signals(boolean byNeighbours, boolean byPopularity) {
        if (byNeighbours && byPopularity) {
            return List.of("cooc", "popularity");
        }
        return byNeighbours ? List.of("cooc") : List.of("popularity");
    }

    private static List<Map.Entry<String, Float>> best(Map<String, Float> scores, int k) {
        PriorityQueue<Map.Entry<String, Float>> worstFirst = new PriorityQueue<>(k + 1, BEST_FIRST.reversed());
        for (Map.Entry<String, Float> entry : scores.entrySet()) {
            worstFirst.add(entry);
            if (worstFirst.size() > k) {
                worstFirst.poll();
            }
        }
        List<Map.Entry<String, Float>> best = new ArrayList<>(worstFirst);
        best.sort(BEST_FIRST);
        return best;
    }
}
