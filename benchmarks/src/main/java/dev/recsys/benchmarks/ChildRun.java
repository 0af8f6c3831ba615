package dev.recsys.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Runs work in a JVM of its own and tells what the whole process took, from its start to its end. Linux only. */
final class ChildRun {
    private static final String FIGURES = "figures ";

    private ChildRun() {}

    /**
     * What a process took.
     *
     * @param cpuNanos processor time of all its threads, native ones, the compiler's and the collector's included
     * @param wallNanos by the clock
     * @param peakBytes the most that was resident
     */
    record Figures(long cpuNanos, long wallNanos, long peakBytes) {
        /** Returns the medians, each by itself. */
        static Figures median(List<Figures> runs) {
            int middle = runs.size() / 2;
            return new Figures(
                    runs.stream().mapToLong(Figures::cpuNanos).sorted().toArray()[middle],
                    runs.stream().mapToLong(Figures::wallNanos).sorted().toArray()[middle],
                    runs.stream().mapToLong(Figures::peakBytes).sorted().toArray()[middle]);
        }
    }

    /** Runs a main with this process's class path; it must end with {@link #finish()}. */
    static Figures run(Class<?> main, List<String> jvm, List<String> arguments) throws IOException {
        List<String> options = new ArrayList<>(jvm);
        options.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
        long startNanos = System.nanoTime();
        String printed = FreshProcess.run(main, options, arguments);
        long wallNanos = System.nanoTime() - startNanos;
        int figures = printed.lastIndexOf(FIGURES);
        if (figures < 0) {
            throw new IllegalStateException(main + " ended without figures after: " + printed);
        }
        String[] words = printed.substring(figures + FIGURES.length()).strip().split(" ", 2);
        return new Figures(Long.parseLong(words[0]), wallNanos, Long.parseLong(words[1]));
    }

    /** Prints what this process took so far, for the one that runs it. */
    static void finish() throws IOException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.println(FIGURES + system.getProcessCpuTime() + " " + FreshProcess.peakBytes());
    }
}
