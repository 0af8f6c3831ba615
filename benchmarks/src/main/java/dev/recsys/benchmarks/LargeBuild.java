package dev.recsys.benchmarks;

import dev.recsys.Scope;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.SignalBuildReport;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Builds popularity and co-visitation of a made-up shop with several sizes of the heap, each in a process of its own, and
 * says what each took. All builds must be equal to the byte. The bound reads the file of events and does nothing with it.
 */
final class LargeBuild {
    private static final Scope SCOPE = new Scope("bench", "home");
    private static final String ROW = "| %s | %.0f | %.0f | %.0f | %s | %s |%n";
    private static final int MB = 1_000_000;

    private final Path folder;

    LargeBuild(Path folder) {
        this.folder = folder;
    }

    /**
     * Takes a folder, the number of events and of items, and sizes such as {@code 4g 400m}; writes the events first if they
     * are not there. With a folder alone it builds in this process.
     */
    public static void main(String[] args) throws IOException {
        LargeBuild build = new LargeBuild(Path.of(args[0]));
        if (args.length == 1) {
            build.buildHere();
            return;
        }
        build.writeEvents(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        System.out.print(build.table(List.of(args).subList(3, args.length)));
    }

    void writeEvents(int events, int items) throws IOException {
        if (Files.notExists(folder.resolve("events.csv"))) {
            ShopEvents.main(new String[] {folder.toString(), String.valueOf(events), String.valueOf(items), "7"});
        }
    }

    /** Builds with each heap, requires equal builds, and returns the rows of a Markdown table. */
    String table(List<String> heaps) throws IOException {
        StringBuilder table = new StringBuilder("| | read s | compute s | CPU s | resident MB | files MB |\n"
                + "|---|---|---|---|---|---|\n" + bound());
        Set<String> digests = new HashSet<>();
        for (String heap : heaps) {
            List<String> said = inProcess(heap);
            table.append(said.get(0)).append('\n');
            digests.add(said.get(1));
        }
        if (digests.size() != 1) {
            throw new IllegalStateException("the builds differ: " + digests);
        }
        return table.toString();
    }

    private String bound() throws IOException {
        long start = System.nanoTime();
        long cpu = FreshProcess.jdkCpuNanos();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(folder.resolve("events.csv"))) {
            int read = in.read(buffer);
            while (read >= 0) {
                read = in.read(buffer);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return String.format(
                Locale.ROOT,
                ROW,
                "bound: the file read",
                seconds,
                0.0,
                (FreshProcess.jdkCpuNanos() - cpu) / 1e9,
                "-",
                "0");
    }

    private List<String> inProcess(String heap) throws IOException {
        List<String> lines = FreshProcess.run(LargeBuild.class, List.of("-Xmx" + heap), List.of(folder.toString()))
                .lines()
                .toList();
        if (lines.size() != 2) {
            throw new IllegalStateException("the build with -Xmx" + heap + " printed " + lines);
        }
        return lines;
    }

    /** Builds, and prints the row and what was built. */
    private void buildHere() throws IOException {
        long cpu = FreshProcess.jdkCpuNanos();
        SignalBuildReport report = SignalBuild.of(SCOPE, List.of(folder.resolve("events.csv")))
                .listener(new Steps())
                .into(folder.resolve("build"));
        System.out.printf(
                Locale.ROOT,
                ROW,
                String.format(
                        Locale.ROOT,
                        "%,d events of %,d items, a heap of %,d MB",
                        report.read().events(),
                        report.items(),
                        Runtime.getRuntime().maxMemory() / MB),
                report.readTime().toMillis() / 1e3,
                report.computeTime().toMillis() / 1e3,
                (FreshProcess.jdkCpuNanos() - cpu) / 1e9,
                peakMegabytes(),
                String.format(Locale.ROOT, "%,d", report.diskBytes() / MB));
        report.build().artifacts().values().forEach(artifact -> System.out.print(artifact.sha256() + " "));
        System.out.println();
    }

    /** Says when steps begin and end, for whoever waits. */
    private static final class Steps implements ProgressListener {
        private Phase last = Phase.STORE;

        @Override
        public void progress(Phase phase, long done, long total) {
            if (phase != last || done == total) {
                System.err.printf(
                        Locale.ROOT, "%s %,d of %,d; resident at most %s MB%n", phase, done, total, peakMegabytes());
            }
            last = phase;
        }

        @Override
        public void memory(long neededBytes, long heapBytes) {
            System.err.printf(Locale.ROOT, "takes at most %,d MB of %,d MB%n", neededBytes / MB, heapBytes / MB);
        }

        @Override
        public void disk(Path where, long neededBytes, long usableBytes) {
            System.err.printf(Locale.ROOT, "takes about %,d MB of the disk%n", neededBytes / MB);
        }
    }

    private static String peakMegabytes() {
        return String.format(Locale.ROOT, "%,d", FreshProcess.peakBytes() / MB);
    }
}
