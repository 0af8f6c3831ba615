package dev.recsys.benchmarks;

import dev.recsys.benchmarks.ChildRun.Figures;
import dev.recsys.benchmarks.CsvBuild.Neighbour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What it takes from a CSV file of events, whose ids are texts, to the neighbours of each item: pairs within a session of its
 * last 50 events, the cosine of sets, the best 100 of an item. Each contender is a process of its own, in turn with the others, and
 * all that the process takes counts, the start of the JVM and its compiler included. On a small file all must give the same
 * neighbours first.
 */
public final class CsvBuildTable {
    private static final String SEED = "42";
    private static final int CHECK_EVENTS = 60_000;
    private static final int CHECK_ITEMS = 4_000;
    private static final double LAST_BIT = 1e-7; // of a float
    private static final int STRING_MAPS_UP_TO = 1_000_000;

    private final Path folder;

    CsvBuildTable(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
    }

    /**
     * Takes a folder, the number of events, of items and of rounds; prints the table. The files that it writes into the folder stay
     * there. The words {@code child NAME FILE FOLDER} are for its own children.
     */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("child")) {
            try (CsvBuild build = contender(args[1], Path.of(args[2]), Path.of(args[3]))) {
                build.build();
            }
            ChildRun.finish();
            return;
        }
        CsvBuildTable table = new CsvBuildTable(Path.of(args[0]));
        table.check(CHECK_EVENTS, CHECK_ITEMS);
        System.out.print(table.measured(Integer.parseInt(args[1]), args[2], Integer.parseInt(args[3])));
    }

    /**
     * Checks that all contenders find the same neighbours.
     *
     * @throws IllegalStateException if one does not; the message says of which item
     */
    void check(int events, int items) throws Exception {
        Path file = shop("check", events, "" + items);
        try (CsvBuild reference = contender("string maps", file, folder)) {
            reference.build();
            for (String name : List.of("recsys", "DuckDB")) {
                try (CsvBuild build = contender(name, file, folder.resolve("check-build"))) {
                    build.build();
                    requireSame(name, reference.rows(), build.rows());
                }
            }
        }
    }

    /** Returns the table of so many rounds. */
    String measured(int events, String items, int rounds) throws Exception {
        Path file = shop(events + "-" + items, events, items);
        Map<String, List<Figures>> figures = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : names(events)) {
                figures.computeIfAbsent(name, n -> new ArrayList<>()).add(inChild(name, file, events));
            }
        }
        StringBuilder table =
                new StringBuilder("| | CPU s | x bound | wall s | peak RSS MB |\n|---|---|---|---|---|\n");
        double bound = Figures.median(figures.values().iterator().next()).cpuNanos();
        figures.forEach((name, all) -> {
            Figures row = Figures.median(all);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.1f | %.2f | %,d |%n",
                    name,
                    row.cpuNanos() / 1e9,
                    row.cpuNanos() / bound,
                    row.wallNanos() / 1e9,
                    row.peakBytes() / 1_000_000));
        });
        return table.toString();
    }

    private static List<String> names(int events) {
        List<String> names = new ArrayList<>(List.of("bound: bytes and line ends", "recsys", "DuckDB"));
        if (events <= STRING_MAPS_UP_TO) {
            names.add("string maps");
        }
        return names;
    }

    private Path shop(String name, int events, String items) throws Exception {
        Path shop = folder.resolve(name);
        if (!Files.exists(shop)) {
            ShopEvents.main(new String[] {shop.toString(), "" + events, items, SEED});
        }
        return shop.resolve("events.csv");
    }

    private Figures inChild(String name, Path file, int events) throws Exception {
        long megabytes = switch (name) {
            case "recsys" -> 256 + events / 10_000;
            case "string maps" -> 1_024 + events / 500;
            default -> 256;
        };
        return ChildRun.run(
                CsvBuildTable.class,
                List.of("-Xmx" + megabytes + "m"),
                List.of("child", name, file.toString(), folder.resolve("build").toString()));
    }

    private static CsvBuild contender(String name, Path file, Path folder) throws Exception {
        return switch (name) {
            case "recsys" -> new CsvRecsys(file, folder);
            case "DuckDB" -> new CsvDuckDb(file);
            case "string maps" -> new CsvStringMaps(file);
            default -> new CsvLineEnds(file);
        };
    }

    private static void requireSame(
            String name, Map<String, List<Neighbour>> expected, Map<String, List<Neighbour>> found) {
        expected.forEach((item, row) -> {
            List<Neighbour> other = found.getOrDefault(item, List.of());
            if (!isSame(row, other)) {
                throw new IllegalStateException(
                        name + ": the neighbours of " + item + " are " + other + "; expected " + row);
            }
        });
        if (found.size() != expected.size()) {
            throw new IllegalStateException(
                    name + " has neighbours of " + found.size() + " items; expected " + expected.size());
        }
    }

    /**
     * Whether rank by rank there are neighbours of the same cosine. Those that are equal but for the last bit may stand in another
     * order, and at the end of a full row be others. An artifact has a score in 255 steps of the first one.
     */
    private static boolean isSame(List<Neighbour> expected, List<Neighbour> found) {
        if (expected.size() != found.size()) {
            return false;
        }
        Map<String, Double> scores = expected.stream().collect(Collectors.toMap(Neighbour::item, Neighbour::score));
        double last = expected.get(expected.size() - 1).score();
        for (int rank = 0; rank < expected.size(); rank++) {
            double score = expected.get(rank).score();
            Neighbour other = found.get(rank);
            boolean isStored = Math.abs(other.score() - score)
                    <= 0.51 / 255 * expected.get(0).score();
            if (!isStored || Math.abs(scores.getOrDefault(other.item(), last) - score) > LAST_BIT) {
                return false;
            }
        }
        return true;
    }
}
