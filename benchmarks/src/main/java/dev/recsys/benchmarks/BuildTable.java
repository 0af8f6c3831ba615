package dev.recsys.benchmarks;

import dev.recsys.benchmarks.BuildTurns.Figures;
import dev.recsys.table.TableForm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What it takes to build the table of neighbours from events that are in memory: pairs within a session of its last 50 events, the cosine
 * of sets, the best 100 of an item. Each contender builds in a JVM of its own, after a small build that warms it up, in turn with the
 * others; all its threads count, and so does its compiler. {@code FOLDER} must not exist. All results are checked equal on a small shop
 * first.
 */
public final class BuildTable {
    private static final long SEED = 42;
    private static final int CHECK_EVENTS = 60_000;
    private static final int CHECK_ITEMS = 4_000;
    private static final double TOLERANCE = 2e-6; // scores may be floats
    private static final int WARM_EVENTS = 200_000;
    private static final int WARM_BUILDS = 5;
    private static final int FEW_EVENTS = 1_000_000;
    private static final Set<String> SLOW =
            Set.of("string-maps", "RankSys", "Taste", "Spark"); // their heaps are of objects
    private static final Set<String> UNCHECKED = Set.of("bound", "counts", "string-maps"); // no rows, or the expected

    private final Path folder;
    private final int items;

    BuildTable(Path folder, int items) throws IOException {
        this.folder = Files.createDirectory(folder);
        this.items = items;
    }

    /**
     * Takes a folder, the numbers of events, of items and of rounds, and names of contenders, all if there are none; prints the table.
     * The slow ones take part up to a million events. The words {@code child FOLDER ITEMS NAME} are for its own children.
     */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("child")) {
            child(Path.of(args[1]), Integer.parseInt(args[2]), args[3]);
            return;
        }
        int events = Integer.parseInt(args[1]);
        BuildTable table = new BuildTable(Path.of(args[0]), Integer.parseInt(args[2]));
        List<String> names = new ArrayList<>(args.length > 4 ? List.of(args).subList(4, args.length) : all());
        if (events > FEW_EVENTS && args.length <= 4) {
            names.removeAll(SLOW);
        }
        table.check(CHECK_EVENTS);
        System.out.print(table.measured(events, names, Integer.parseInt(args[3])));
    }

    static List<String> all() {
        List<String> names =
                new ArrayList<>(List.of("bound", "counts", "recsys", "DuckDB", "string-maps", "RankSys", "Taste"));
        if (hasSpark()) {
            names.add("Spark");
        }
        return names;
    }

    /** Whether the profile of Spark is on; asks for Spark itself, for a class of ours may be left of an earlier build. */
    private static boolean hasSpark() {
        return BuildTable.class.getResource("/org/apache/spark/sql/SparkSession.class") != null;
    }

    /**
     * Checks that all contenders give the same table.
     *
     * @throws IllegalStateException if one does not; the message says which row
     */
    void check(int events) throws Exception {
        ShopColumns shop = ShopColumns.of(events, Math.min(items, CHECK_ITEMS), SEED);
        DuckDbBuild.write(shop, folder.resolve("events.parquet"));
        try (NeighbourBuild reference = StringMapBuild.ofColumns(shop)) {
            reference.build();
            NeighbourCheck check = new NeighbourCheck(reference, TOLERANCE);
            List<String> checked = new ArrayList<>(all());
            checked.removeAll(UNCHECKED);
            for (String name : checked) {
                try (NeighbourBuild build = build(name, folder, shop.head(events), TableForm.EXACT)) {
                    build.build();
                    check.requireSame(name, build);
                }
            }
        }
        Files.delete(folder.resolve("events.parquet"));
    }

    /** Returns the table of so many rounds. */
    String measured(int events, List<String> names, int rounds) throws Exception {
        ShopColumns shop = ShopColumns.of(events, items, SEED);
        shop.write(folder.resolve("events.bin"));
        DuckDbBuild.write(shop, folder.resolve("events.parquet"));
        return BuildTurns.table(names, rounds, name -> inChild(name, events));
    }

    private Figures inChild(String name, int events) throws IOException {
        return Figures.parse(FreshProcess.run(
                BuildTable.class, jvm(name, events), List.of("child", folder.toString(), "" + items, name)));
    }

    /** A heap that is little more than what each holds, for a larger one is filled with garbage before it is collected. */
    private List<String> jvm(String name, int events) {
        long megabytes = switch (name) {
            case "bound", "counts" -> 48 + events / 40_000;
            case "recsys" -> 64 + items / 4_000 + events / 22_000;
            case "DuckDB" -> 256;
            default -> 1_024 + events / 2_000;
        };
        boolean flat = !SLOW.contains(name);
        List<String> options = new ArrayList<>(
                flat
                        ? List.of("-Xmx" + megabytes + "m", "-Xmn32m", "-XX:+UseSerialGC")
                        : List.of("-Xmx" + megabytes + "m", "-XX:+UseParallelGC"));
        if (name.equals("Spark")) { // it needs packages of the JDK opened, as they are here
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(option -> option.startsWith("--add-opens=") || option.startsWith("-Dorg.slf4j."))
                    .forEach(options::add);
        }
        return options;
    }

    private static void child(Path folder, int items, String name) throws Exception {
        ShopColumns shop = name.equals("DuckDB")
                ? new ShopColumns(new int[0], new int[0], new long[0], items)
                : ShopColumns.read(folder.resolve("events.bin"), items);
        for (int i = 0; i < WARM_BUILDS && shop.size() > 0; i++) {
            ShopColumns small = shop.head(Math.min(shop.size(), WARM_EVENTS));
            try (NeighbourBuild warm = build(name, folder, small, TableForm.PACKED)) {
                warm.build();
            }
        }
        try (NeighbourBuild build = build(name, folder, shop, TableForm.PACKED)) {
            long cpuNanos = FreshProcess.jdkCpuNanos();
            long wallNanos = System.nanoTime();
            build.build();
            wallNanos = System.nanoTime() - wallNanos;
            cpuNanos = FreshProcess.jdkCpuNanos() - cpuNanos;
            new Figures(cpuNanos, wallNanos, FreshProcess.peakBytes()).print();
            System.err.printf(Locale.ROOT, "%s found %,d neighbours%n", name, neighbours(build));
        }
    }

    private static long neighbours(NeighbourBuild build) throws Exception {
        long[] count = new long[1];
        build.rows((item, row) -> count[0] += row.size());
        return count[0];
    }

    private static NeighbourBuild build(String name, Path folder, ShopColumns shop, TableForm form) throws Exception {
        return switch (name) {
            case "bound" -> new PairBound(shop, false);
            case "counts" -> new PairBound(shop, true);
            case "recsys" -> RecsysBuild.ofColumns(shop, folder.resolve("cooc.rst"), form);
            case "DuckDB" -> DuckDbBuild.ofColumns(folder.resolve("events.parquet"));
            case "string-maps" -> StringMapBuild.ofColumns(shop);
            case "RankSys" -> new RankSysBuild(shop, false);
            case "Taste" -> new TasteBuild(shop);
            case "Spark" -> spark(folder.resolve("events.parquet"), shop.size());
            default -> throw new IllegalArgumentException("there is no contender '" + name + "'; expected " + all());
        };
    }

    private static NeighbourBuild spark(Path parquet, int events) throws ReflectiveOperationException {
        if (!hasSpark()) {
            throw new IllegalStateException("Spark is not on the class path; add the profile: -Pspark");
        }
        return Class.forName("dev.recsys.benchmarks.SparkBuild")
                .asSubclass(NeighbourBuild.class)
                .getDeclaredConstructor(Path.class, int.class)
                .newInstance(parquet, events);
    }
}
