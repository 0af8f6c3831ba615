package dev.recsys.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** As a job writes it by hand: maps of strings, a map of counts an item. Events are in memory as strings. */
final class StringMapBuild implements NeighbourBuild {
    private final String[] items; // [event]
    private final String[] sessions; // [event]
    private final Map<String, List<Neighbour>> rows = new HashMap<>();

    private record Neighbour(String item, double score) {}

    StringMapBuild(ShopColumns shop) {
        String[] itemIds = new String[shop.itemCount()];
        Arrays.setAll(itemIds, item -> "i" + item);
        String[] sessionIds = new String[shop.sessionCount()];
        Arrays.setAll(sessionIds, session -> "s" + session);
        this.items = new String[shop.size()];
        this.sessions = new String[shop.size()];
        Arrays.setAll(items, event -> itemIds[shop.items()[event]]);
        Arrays.setAll(sessions, event -> sessionIds[shop.sessions()[event]]);
    }

    @Override
    public void build() {
        Map<String, List<String>> bySession = new HashMap<>();
        for (int event = 0; event < items.length; event++) {
            bySession
                    .computeIfAbsent(sessions[event], session -> new ArrayList<>())
                    .add(items[event]);
        }
        Map<String, Map<String, Integer>> pairs = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        for (List<String> session : bySession.values()) {
            List<String> distinct = session.subList(Math.max(0, session.size() - LAST_EVENTS), session.size()).stream()
                    .distinct()
                    .toList();
            count(distinct, pairs, sizes);
        }
        pairs.forEach((item, counts) -> rows.put(item, best(item, counts, sizes)));
    }

    private static void count(
            List<String> session, Map<String, Map<String, Integer>> pairs, Map<String, Integer> sizes) {
        for (String item : session) {
            sizes.merge(item, 1, Integer::sum);
            Map<String, Integer> counts = pairs.computeIfAbsent(item, i -> new HashMap<>());
            for (String other : session) {
                if (!other.equals(item)) {
                    counts.merge(other, 1, Integer::sum);
                }
            }
        }
    }

    private static List<Neighbour> best(String item, Map<String, Integer> counts, Map<String, Integer> sizes) {
        double size = sizes.getOrDefault(item, 0);
        List<Neighbour> all = new ArrayList<>(counts.size());
        counts.forEach((other, common) ->
                all.add(new Neighbour(other, common / Math.sqrt(size * sizes.getOrDefault(other, 0)))));
        all.sort(Comparator.comparingDouble(Neighbour::score).reversed().thenComparing(Neighbour::item));
        return List.copyOf(all.subList(0, Math.min(NEIGHBOURS, all.size())));
    }

    @Override
    public void rows(RowTaker taker) {
        rows.forEach((item, row) -> taker.take(
                number(item),
                row.stream().mapToInt(entry -> number(entry.item())).toArray(),
                row.stream().mapToDouble(Neighbour::score).toArray()));
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }
}
