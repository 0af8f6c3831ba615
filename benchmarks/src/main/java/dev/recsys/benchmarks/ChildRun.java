package dev.recsys.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        long startNanos = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.onExit().join().exitValue();
        long wallNanos = System.nanoTime() - startNanos;
        int figures = printed.lastIndexOf(FIGURES);
        if (exit != 0 || figures < 0) {
            throw new IllegalStateException(command + " ended with " + exit + " after: " + printed);
        }
        String[] words = printed.substring(figures + FIGURES.length()).strip().split(" ", 2);
        return new Figures(Long.parseLong(words[0]), wallNanos, Long.parseLong(words[1]));
    }

    /** Prints what this process took so far, for the one that runs it. */
    static void finish() throws IOException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.println(FIGURES + system.getProcessCpuTime() + " " + peakBytes());
    }

    private static long peakBytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line = lines.filter(l -> l.startsWith("VmHWM:")).findFirst().orElseThrow();
            return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
    }
}
