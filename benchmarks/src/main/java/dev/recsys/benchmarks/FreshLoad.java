package dev.recsys.benchmarks;

import dev.recsys.internal.JsonDocument;
import dev.recsys.store.Sha256;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Loads something for the first time in a process, and then again and again. */
final class FreshLoad {
    private static final List<String> JVM = List.of("-Xmx3g", "-Djava.util.logging.config.file=none");
    private static final int MOST_AGAIN = 15;
    private static final int LEAST_AGAIN = 3;
    private static final long AGAIN_NANOS = 3_000_000_000L;

    private FreshLoad() {}

    /** Loads it anew at each call. */
    interface Load {
        Object load() throws IOException;
    }

    /** What the loads took; the processor time of all threads, the heap and the memory in millions of bytes. */
    record Figures(double cpuMillis, double wallMillis, double warmCpuMillis, double heap, double peak) {
        @Override
        public String toString() {
            return cpuMillis + " " + wallMillis + " " + warmCpuMillis + " " + heap + " " + peak;
        }

        static Figures parse(String line) {
            double[] values = Arrays.stream(line.strip().split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Figures(values[0], values[1], values[2], values[3], values[4]);
        }

        /** The medians of the figures at one place of each round. */
        static Figures median(List<List<Figures>> rounds, int place) {
            return new Figures(
                    median(rounds, place, Figures::cpuMillis),
                    median(rounds, place, Figures::wallMillis),
                    median(rounds, place, Figures::warmCpuMillis),
                    median(rounds, place, Figures::heap),
                    median(rounds, place, Figures::peak));
        }

        private static double median(List<List<Figures>> rounds, int place, ToDoubleFunction<Figures> value) {
            double[] sorted = rounds.stream()
                    .mapToDouble(round -> value.applyAsDouble(round.get(place)))
                    .sorted()
                    .toArray();
            return sorted[sorted.length / 2];
        }

        /** Returns a row of a Markdown table. */
        String row(String name, double megabytes, double boundMillis) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,.1f | %,.1f | %.1f | %,.1f | %,.1f | %,.1f | %,.0f |%n",
                    name,
                    megabytes,
                    cpuMillis,
                    cpuMillis / boundMillis,
                    wallMillis,
                    warmCpuMillis,
                    heap,
                    peak);
        }
    }

    static Figures inFreshProcess(Class<?> main, Path folder, int form) throws IOException {
        return Figures.parse(FreshProcess.run(main, JVM, List.of("load", folder.toString(), Integer.toString(form))));
    }

    /** Measures here, where nothing was loaded before. */
    static Figures measure(Load load) throws IOException {
        readPointer();
        long heapBytes = FreshProcess.heapBytes();
        long cpuNanos = FreshProcess.cpuNanos();
        long startNanos = System.nanoTime();
        Object loaded = load.load();
        long wallNanos = System.nanoTime() - startNanos;
        cpuNanos = FreshProcess.cpuNanos() - cpuNanos;
        try {
            heapBytes = FreshProcess.heapBytes() - heapBytes;
        } finally {
            Reference.reachabilityFence(loaded);
        }
        long peakBytes = FreshProcess.peakBytes();
        return new Figures(cpuNanos / 1e6, wallNanos / 1e6, warmMillis(load), heapBytes / 1e6, peakBytes / 1e6);
    }

    /** Whoever loads a release has read which one, as JSON with a digest: the classes for that are there, for all contenders. */
    private static void readPointer() {
        byte[] pointer = "{\"release\": 1}".getBytes(StandardCharsets.UTF_8);
        String unused = Sha256.of(pointer) + " " + JsonDocument.parse("pointer", pointer);
    }

    private static double warmMillis(Load load) throws IOException {
        long[] nanos = new long[MOST_AGAIN];
        int times = 0;
        long startNanos = System.nanoTime();
        while (times < LEAST_AGAIN || (times < MOST_AGAIN && System.nanoTime() - startNanos < AGAIN_NANOS)) {
            long cpuNanos = FreshProcess.cpuNanos();
            Object loaded = load.load();
            try {
                nanos[times++] = FreshProcess.cpuNanos() - cpuNanos;
            } finally {
                Reference.reachabilityFence(loaded);
            }
        }
        Arrays.sort(nanos, 0, times);
        return nanos[times / 2] / 1e6;
    }
}
