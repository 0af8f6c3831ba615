package dev.recsys.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.recsys.Scope;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.SignalBuildReport;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Builds popularity and co-visitation of a made-up shop in whatever heap this process has, through files if it must, and
 * says what that took: one row of a table. The events are written first if they are not there; that is not measured.
 */
final class LargeBuild implements ProgressListener {
    private static final Scope SCOPE = new Scope("bench", "home");

    private final Map<Phase, Long> endNanos = new EnumMap<>(Phase.class);
    private long neededDiskBytes;
    private long neededMemoryBytes;

    private LargeBuild() {}

    /** Takes a folder, the number of events and of items. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int events = Integer.parseInt(args[1]);
        int items = Integer.parseInt(args[2]);
        if (Files.notExists(folder.resolve("events.csv"))) {
            ShopEvents.main(new String[] {folder.toString(), args[1], args[2], "7"});
        }
        System.out.println(new LargeBuild().row(folder, events, items));
    }

    /** Builds, and returns the row. */
    private String row(Path folder, int events, int items) throws IOException {
        long cpu = cpuNanos();
        SignalBuildReport report = report(folder, this);
        double cpuSeconds = (cpuNanos() - cpu) / 1e9;
        return String.format(
                Locale.ROOT,
                "| %,d events, %,d items | %,d MB | %.0f s | %.0f s | %.0f s | %s MB | %,d MB | %,d MB | %,d MB | %s |",
                events,
                items,
                Runtime.getRuntime().maxMemory() / 1_000_000,
                seconds(report.readTime()),
                seconds(report.computeTime()),
                cpuSeconds,
                peakMegabytes(),
                neededMemoryBytes / 1_000_000,
                report.diskBytes() / 1_000_000,
                neededDiskBytes / 1_000_000,
                report.build().artifacts().values().stream()
                        .map(artifact -> artifact.type() + " "
                                + artifact.sha256().hex().substring(0, 8))
                        .toList());
    }

    /** Builds the events of a folder into {@code build} in it. */
    static SignalBuildReport report(Path folder, ProgressListener listener) throws IOException {
        return SignalBuild.of(SCOPE, List.of(folder.resolve("events.csv")))
                .listener(listener)
                .into(folder.resolve("build"));
    }

    @Override
    public void progress(Phase phase, long done, long total) {
        Long end = endNanos.put(phase, System.nanoTime());
        if (end == null || done == total) {
            System.err.printf(
                    Locale.ROOT, "%s %s %,d of %,d, resident at most %s MB%n", java.time.LocalTime.now(), phase, done, total, peakMegabytes());
        }
    }

    @Override
    public void memory(long neededBytes, long heapBytes) {
        neededMemoryBytes = neededBytes;
    }

    @Override
    public void disk(Path where, long neededBytes, long usableBytes) {
        neededDiskBytes = neededBytes;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** What the process had resident at most, where the system tells. */
    private static String peakMegabytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return String.format(
                            Locale.ROOT, "%,d", Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1_000_000);
                }
            }
        } catch (IOException e) {
            return "-";
        }
        return "-";
    }
}
