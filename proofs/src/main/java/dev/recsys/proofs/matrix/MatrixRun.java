package dev.recsys.proofs.matrix;

import dev.recsys.proofs.wire.Cloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Tries all cells, some at a time, on one server for each cloud. */
final class MatrixRun {
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final MatrixOptions options;
    private final Path folder;
    private final Consumer<String> progress;
    private final AtomicInteger tried = new AtomicInteger();
    private long nextLineNanos = System.nanoTime() + PROGRESS_NANOS;

    private MatrixRun(MatrixOptions options, Path folder, Consumer<String> progress) {
        this.options = options;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Tries them.
     *
     * @param folder for builds, which are left there
     * @param progress gets a line every few seconds
     */
    static MatrixReport run(MatrixOptions options, Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        List<CellResult> results = new MatrixRun(options, folder, progress).run();
        return new MatrixReport(options, results, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private List<CellResult> run() throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(options.workers());
        Map<Cloud.Kind, LinkedBlockingQueue<Bench>> benches = new EnumMap<>(Cloud.Kind.class);
        List<Cloud> clouds = new ArrayList<>();
        try {
            for (Cloud.Kind kind : options.clouds()) {
                Cloud cloud = kind.start();
                clouds.add(cloud);
                LinkedBlockingQueue<Bench> free = new LinkedBlockingQueue<>();
                for (int i = 0; i < options.workers(); i++) {
                    free.add(Bench.before(cloud, folder));
                }
                benches.put(kind, free);
            }
            List<Cell> cells = options.cells();
            List<Future<CellResult>> futures = new ArrayList<>();
            for (Cell cell : cells) {
                Callable<CellResult> task = () -> onABench(Objects.requireNonNull(benches.get(cell.cloud())), cell);
                futures.add(workers.submit(task));
            }
            return collect(futures);
        } finally {
            workers.shutdownNow();
            benches.values().forEach(free -> free.forEach(Bench::close));
            clouds.forEach(Cloud::close);
        }
    }

    private CellResult onABench(LinkedBlockingQueue<Bench> free, Cell cell) throws InterruptedException {
        Bench bench = free.take();
        try {
            return CellRun.run(bench, cell);
        } finally {
            bench.wire().heal();
            bench.wire().loseLate();
            free.add(bench);
            tried.incrementAndGet();
        }
    }

    private List<CellResult> collect(List<Future<CellResult>> futures) throws InterruptedException {
        List<CellResult> results = new ArrayList<>();
        for (Future<CellResult> future : futures) {
            results.add(await(future, futures.size()));
        }
        return results;
    }

    private CellResult await(Future<CellResult> future, int all) throws InterruptedException {
        Optional<CellResult> result = Optional.empty();
        while (result.isEmpty()) {
            tellIfItIsTime(all);
            result = poll(future);
        }
        return result.get();
    }

    private void tellIfItIsTime(int all) {
        if (System.nanoTime() - nextLineNanos > 0) {
            nextLineNanos += PROGRESS_NANOS;
            progress.accept(tried.get() + " of " + all + " cells tried");
        }
    }

    private static Optional<CellResult> poll(Future<CellResult> future) throws InterruptedException {
        try {
            return Optional.of(future.get(1, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a cell came to no end", e.getCause());
        }
    }
}
