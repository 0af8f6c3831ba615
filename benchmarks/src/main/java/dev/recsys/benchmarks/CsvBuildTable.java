package dev.recsys.benchmarks;

import dev.recsys.benchmarks.BuildTurns.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    private static final double TOLERANCE = 0.51 / 255; // an artifact has scores in 255 steps of the first one
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
            try (NeighbourBuild build = contender(args[1], Path.of(args[2]), Path.of(args[3]))) {
                build.build();
            }
            new Figures(FreshProcess.jdkCpuNanos(), 0, FreshProcess.peakBytes()).print();
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
        try (NeighbourBuild reference = contender("string maps", file, folder)) {
            reference.build();
            NeighbourCheck check = new NeighbourCheck(reference, TOLERANCE);
            for (String name : List.of("recsys", "DuckDB")) {
                try (NeighbourBuild build = contender(name, file, folder.resolve("check-build"))) {
                    build.build();
                    check.requireSame(name, build);
                }
            }
        }
    }

    /** Returns the table of so many rounds. */
    String measured(int events, String items, int rounds) throws Exception {
        Path file = shop(events + "-" + items, events, items);
        return BuildTurns.table(names(events), rounds, name -> inChild(name, file, events));
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

    private Figures inChild(String name, Path file, int events) throws IOException {
        long megabytes = switch (name) {
            case "recsys" -> 256 + events / 10_000;
            case "string maps" -> 1_024 + events / 500;
            default -> 256;
        };
        List<String> jvm = List.of("-Xmx" + megabytes + "m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
        long startNanos = System.nanoTime();
        String printed = FreshProcess.run(
                CsvBuildTable.class,
                jvm,
                List.of("child", name, file.toString(), folder.resolve("build").toString()));
        long wallNanos = System.nanoTime() - startNanos;
        Figures figures = Figures.parse(printed);
        return new Figures(figures.cpuNanos(), wallNanos, figures.peakBytes());
    }

    private static NeighbourBuild contender(String name, Path file, Path folder) throws Exception {
        return switch (name) {
            case "recsys" -> RecsysBuild.ofCsv(file, folder);
            case "DuckDB" -> DuckDbBuild.ofCsv(file);
            case "string maps" -> StringMapBuild.ofCsv(file);
            default -> new CsvLineEnds(file);
        };
    }
}
