package dev.recsys.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** As a job writes it by hand: lines that are split, and maps of strings. The events of a session are in order in the file. */
final class CsvStringMaps implements CsvBuild {
    private final Path file;
    private final Map<String, List<Neighbour>> rows = new HashMap<>();

    CsvStringMaps(Path file) {
        this.file = file;
    }

    @Override
    public void build() throws IOException {
        Map<String, List<String>> sessions = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",", -1);
                sessions.computeIfAbsent(fields[2], session -> new ArrayList<>())
                        .add(fields[3]);
            }
        }
        Map<String, Map<String, Integer>> pairs = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        for (List<String> session : sessions.values()) {
            int size = session.size();
            count(
                    session.subList(Math.max(0, size - LAST_EVENTS), size).stream()
                            .distinct()
                            .toList(),
                    pairs,
                    sizes);
        }
        pairs.forEach((item, counts) -> rows.put(item, best(item, counts, sizes)));
    }

    private static void count(
            List<String> session, Map<String, Map<String, Integer>> pairs, Map<String, Integer> sizes) {
        for (String item : session) {
            sizes.merge(item, 1, Integer::sum);
            for (String other : session) {
                if (!other.equals(item)) {
                    pairs.computeIfAbsent(item, i -> new HashMap<>()).merge(other, 1, Integer::sum);
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
    public Map<String, List<Neighbour>> rows() {
        return rows;
    }
}
