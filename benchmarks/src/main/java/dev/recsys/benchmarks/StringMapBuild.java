package dev.recsys.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** As a job writes it by hand: maps of strings, a map of counts an item. The events of a session come in order. */
final class StringMapBuild implements NeighbourBuild {
    private final Events events;
    private final Map<String, List<Neighbour>> rows = new HashMap<>();

    private interface Events {
        void forEach(BiConsumer<String, String> sessionAndItem) throws IOException;
    }

    private StringMapBuild(Events events) {
        this.events = events;
    }

    /** Builds from events that are in memory as strings. */
    static StringMapBuild ofColumns(ShopColumns shop) {
        String[] itemIds = new String[shop.itemCount()];
        Arrays.setAll(itemIds, ShopColumns::id);
        String[] sessionIds = new String[shop.sessionCount()];
        Arrays.setAll(sessionIds, session -> "s" + session);
        String[] items = new String[shop.size()]; // [event]
        String[] sessions = new String[shop.size()]; // [event]
        Arrays.setAll(items, event -> itemIds[shop.items()[event]]);
        Arrays.setAll(sessions, event -> sessionIds[shop.sessions()[event]]);
        return new StringMapBuild(taker -> {
            for (int event = 0; event < items.length; event++) {
                taker.accept(sessions[event], items[event]);
            }
        });
    }

    /** Builds from a file that {@link ShopEvents} wrote, by lines that are split. */
    static StringMapBuild ofCsv(Path csv) {
        return new StringMapBuild(taker -> {
            try (BufferedReader lines = Files.newBufferedReader(csv)) {
                lines.readLine();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] fields = line.split(",", -1);
                    taker.accept(fields[2], fields[3]);
                }
            }
        });
    }

    @Override
    public void build() throws IOException {
        Map<String, List<String>> sessions = new HashMap<>();
        events.forEach((session, item) ->
                sessions.computeIfAbsent(session, s -> new ArrayList<>()).add(item));
        Map<String, Map<String, Integer>> pairs = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        for (List<String> session : sessions.values()) {
            List<String> last = session.subList(Math.max(0, session.size() - LAST_EVENTS), session.size());
            count(last.stream().distinct().toList(), pairs, sizes);
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
        rows.forEach(taker::take);
    }
}
