package dev.recsys.cli;

import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import java.nio.file.Path;
import java.util.Locale;

/** Shows a person how far a job is; silent where nobody watches. */
final class ProgressBar implements ProgressListener {
    private static final int WIDTH = 30;
    private static final long MB = 1_000_000;

    private final Terminal terminal;

    private ProgressBar(Terminal terminal) {
        this.terminal = terminal;
    }

    static ProgressListener on(Terminal terminal) {
        return terminal.interactive() ? new ProgressBar(terminal) : ProgressListener.NONE;
    }

    @Override
    public void progress(Phase phase, long done, long total) {
        double share = total == 0 ? 1 : (double) done / total;
        int full = (int) (share * WIDTH);
        String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
        String name = phase.name().toLowerCase(Locale.ROOT);
        terminal.err().printf(Locale.ROOT, "\r%-12s [%s] %3.0f %%", name, bar, 100 * share);
        if (done == total) {
            terminal.err().println();
        }
        terminal.err().flush();
    }

    @Override
    public void memory(long neededBytes, long heapBytes) {
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "Takes at most %,d MB; the heap has room for %,d MB.%n",
                        (neededBytes + MB - 1) / MB,
                        heapBytes / MB);
    }

    @Override
    public void disk(Path folder, long neededBytes, long usableBytes) {
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%nMemory does not hold the build: it goes through about %,d MB of files in %s, where %,d MB are"
                                + " free.%n",
                        (neededBytes + MB - 1) / MB,
                        folder,
                        usableBytes / MB);
    }
}
