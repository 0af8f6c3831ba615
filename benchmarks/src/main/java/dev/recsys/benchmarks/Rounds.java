package dev.recsys.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measures contenders in turn, so that what else the machine does meets all of them: in each round each contender does its work
 * so many times on one thread. A figure is the median of the rounds.
 */
final class Rounds {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int rounds;
    private int sink; // so that no work can be left out
    private volatile int besideSink;

    Rounds(int rounds) {
        this.rounds = rounds;
    }

    /**
     * What a contender took for one piece of work.
     *
     * @param name whose figures
     * @param cpuNanos processor time
     * @param p50Nanos the median by the clock
     * @param p99Nanos the 99th percentile by the clock
     * @param bytes allocated
     */
    record Figures(String name, double cpuNanos, long p50Nanos, long p99Nanos, long bytes) {}

    /**
     * What one contender is to do in a round.
     *
     * @param contender who
     * @param times how often; slow ones less often
     * @param beside another one that does the same on another thread meanwhile, and is not measured
     */
    record Entry(Contender contender, int times, Optional<Contender> beside) {
        Entry(Contender contender, int times) {
            this(contender, times, Optional.empty());
        }
    }

    /** Returns the figures in the order of the entries, after a round of each that does not count. */
    List<Figures> measure(List<Entry> entries) {
        List<List<Figures>> all = new ArrayList<>();
        for (Entry entry : entries) {
            var unused = round(entry);
            all.add(new ArrayList<>());
        }
        for (int i = 0; i < rounds; i++) {
            for (int place = 0; place < entries.size(); place++) {
                all.get(place).add(round(entries.get(place)));
            }
        }
        return all.stream().map(Rounds::median).toList();
    }

    private Figures round(Entry entry) {
        if (entry.beside().isEmpty()) {
            return alone(entry);
        }
        AtomicBoolean over = new AtomicBoolean();
        Contender other = entry.beside().get();
        Thread thread = new Thread(() -> {
            int all = 0;
            for (int i = entry.times() / 2; !over.get(); i++) { // others than the thread that is measured
                all += other.run(i);
            }
            besideSink = all;
        });
        thread.start();
        try {
            return alone(entry);
        } finally {
            over.set(true);
            join(thread);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Figures alone(Entry entry) {
        long[] nanos = new long[entry.times()];
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long cpuNanos = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < nanos.length; i++) {
            long startNanos = System.nanoTime();
            sink += entry.contender().run(i);
            nanos[i] = System.nanoTime() - startNanos;
        }
        cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuNanos;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        Arrays.sort(nanos);
        return new Figures(
                entry.contender().name(),
                (double) cpuNanos / nanos.length,
                nanos[nanos.length / 2],
                nanos[(int) (nanos.length * 0.99)],
                bytes / nanos.length);
    }

    private static Figures median(List<Figures> rounds) {
        int middle = rounds.size() / 2;
        return new Figures(
                rounds.get(0).name(),
                rounds.stream().mapToDouble(Figures::cpuNanos).sorted().toArray()[middle],
                rounds.stream().mapToLong(Figures::p50Nanos).sorted().toArray()[middle],
                rounds.stream().mapToLong(Figures::p99Nanos).sorted().toArray()[middle],
                rounds.stream().mapToLong(Figures::bytes).sorted().toArray()[middle]);
    }

    /** Returns the figures as rows of a Markdown table, each against the first, which is the bound. */
    String table(List<Figures> figures) {
        StringBuilder table =
                new StringBuilder("| | CPU us | x bound | p50 us | p99/p50 | bytes |\n|---|---|---|---|---|---|\n");
        double bound = figures.get(0).cpuNanos();
        for (Figures row : figures) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.1f | %,.1f | %,.1f | %.1f | %,d |%n",
                    row.name(),
                    row.cpuNanos() / 1e3,
                    row.cpuNanos() / bound,
                    row.p50Nanos() / 1e3,
                    (double) row.p99Nanos() / row.p50Nanos(),
                    row.bytes()));
        }
        return table.append(sink + besideSink == 42 ? "!" : "").toString();
    }
}
