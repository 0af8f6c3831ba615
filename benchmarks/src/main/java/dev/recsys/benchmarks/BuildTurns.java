package dev.recsys.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Builds that take turns, each in a process of its own. A figure is the median of the rounds. */
final class BuildTurns {
    private BuildTurns() {}

    /**
     * What a build took.
     *
     * @param cpuNanos processor time of all threads of its process, native ones, the compiler's and the collector's included
     * @param wallNanos by the clock
     * @param peakBytes the most that was resident
     */
    record Figures(long cpuNanos, long wallNanos, long peakBytes) {
        /** Takes what {@link #print} printed last. */
        static Figures parse(String printed) {
            String[] words = printed.strip().replaceFirst("(?s).*\\R", "").split(" ", 3);
            return new Figures(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        }

        void print() {
            System.out.println(cpuNanos + " " + wallNanos + " " + peakBytes);
        }

        private static Figures median(List<Figures> rounds) {
            int middle = rounds.size() / 2;
            return new Figures(
                    rounds.stream().mapToLong(Figures::cpuNanos).sorted().toArray()[middle],
                    rounds.stream().mapToLong(Figures::wallNanos).sorted().toArray()[middle],
                    rounds.stream().mapToLong(Figures::peakBytes).sorted().toArray()[middle]);
        }
    }

    /** Has a contender build. */
    interface Turn {
        Figures take(String name) throws IOException;
    }

    /** Returns a Markdown table of so many rounds, each row against the first, which is the bound. */
    static String table(List<String> names, int rounds, Turn turn) throws IOException {
        Map<String, List<Figures>> figures = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : names) {
                Figures figure = turn.take(name);
                System.err.println(name + ": " + figure);
                figures.computeIfAbsent(name, n -> new ArrayList<>()).add(figure);
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
}
