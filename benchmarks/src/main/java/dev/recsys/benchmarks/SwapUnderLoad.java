package dev.recsys.benchmarks;

import dev.recsys.RecommendationRequest;
import dev.recsys.benchmarks.PacedLoad.Round;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.publish.Build;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.RecommenderListener;
import dev.recsys.serve.SnapshotStatus;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What two threads that serve notice of new releases: rounds without any, with releases that another machine ships, and with
 * releases that this process ships itself, in turn; without a pause between requests and at a pace. And how many releases are in
 * memory at most, by collecting all garbage again and again while releases replace each other. {@code FOLDER} must not exist.
 */
public final class SwapUnderLoad implements AutoCloseable {
    private static final int THREADS = 2;
    private static final double PACE = 5_000;
    private static final Duration BETWEEN_RELEASES = Duration.ofSeconds(3);

    private final FileBlobStore store;
    private final ReleaseFeed feed;
    private final List<RecommendationRequest> requests;
    private final long emptyHeapBytes;
    private final EmbeddedRecommender recommender;
    private final AtomicLong loads = new AtomicLong();
    private final AtomicLong loadNanos = new AtomicLong();

    /** Where releases come from. */
    enum Source {
        NONE("none"),
        ELSEWHERE("shipped elsewhere"),
        HERE("shipped by this process");

        private final String text;

        Source(String text) {
            this.text = text;
        }
    }

    /**
     * How much is measured.
     *
     * @param rounds of each kind
     * @param time a round
     * @param between releases
     */
    record Size(int rounds, Duration time, Duration between) {
        int releases() {
            return (int) (time.toMillis() / between.toMillis());
        }
    }

    /** What was seen in one round. */
    private record Seen(Round round, long releases, double loadMillis, double collectMillis) {}

    /** Ships a shop and loads it. */
    SwapUnderLoad(Path folder, int items) throws IOException {
        SyntheticShop synthetic = new SyntheticShop(items, ServingShop.NEIGHBOURS);
        SyntheticShop next = new SyntheticShop(items, ServingShop.NEIGHBOURS, 1);
        List<Build> builds = List.of(synthetic.write(folder.resolve("one")), next.write(folder.resolve("other")));
        ServingShop shop = new ServingShop(synthetic, items);
        InMemoryControls controls = InMemoryControls.create();
        controls.putConfig(SyntheticShop.SCOPE, shop.config());
        controls.putRules(SyntheticShop.SCOPE, shop.rules());
        controls.putItems(SyntheticShop.SCOPE.tenant(), shop.attributes());
        this.requests =
                IntStream.range(0, shop.visitors()).mapToObj(shop::request).toList();
        this.store = FileBlobStore.create(folder.resolve("store"));
        this.feed = new ReleaseFeed(store, builds);
        this.emptyHeapBytes = LiveHeap.bytes();
        this.recommender = EmbeddedRecommender.builder(store)
                .controls(controls)
                .listener(new RecommenderListener() {
                    @Override
                    public void onLoaded(SnapshotStatus status, Duration took) {
                        loads.incrementAndGet();
                        loadNanos.addAndGet(took.toNanos());
                    }
                })
                .refreshInterval(Duration.ofDays(1)) // it is told to look
                .build();
        recommender.preload(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), Duration.ofMinutes(5));
    }

    /** Measures: {@code FOLDER [ITEMS [SECONDS_A_ROUND [ROUNDS]]]}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int items = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 12;
        int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 3;
        try (SwapUnderLoad table = new SwapUnderLoad(Path.of(arguments[0]), items)) {
            Size size = new Size(rounds, Duration.ofSeconds(seconds), BETWEEN_RELEASES);
            System.out.print(table.measured(size));
        }
    }

    /** Returns both tables and the line about memory. */
    String measured(Size size) throws InterruptedException {
        return table("Two threads without a pause", size, PacedLoad.WITHOUT_PAUSE)
                + table(String.format(Locale.ROOT, "%,.0f requests a second", PACE), size, PACE)
                + memory(size);
    }

    private PacedLoad load(double perSecond) {
        return new PacedLoad(
                requests,
                THREADS,
                perSecond,
                answer -> answer.items().size() == ServingShop.K
                        && answer.degradations().isEmpty());
    }

    private String table(String name, Size size, double perSecond) throws InterruptedException {
        PacedLoad load = load(perSecond);
        var unused = round(load, Source.ELSEWHERE, size); // warms up, loading included
        Map<Source, List<Seen>> seen = new EnumMap<>(Source.class);
        for (int i = 0; i < size.rounds(); i++) {
            for (Source source : Source.values()) {
                seen.computeIfAbsent(source, any -> new ArrayList<>()).add(round(load, source, size));
            }
        }
        StringBuilder table = new StringBuilder("| " + name + "; new releases | requests | p50 us | p99 us | p99.9 us"
                + " | x none | longest ms | CPU us a request | releases | load ms | collector ms a round |\n"
                + "|---|---|---|---|---|---|---|---|---|---|---|\n");
        boolean isPaced = perSecond != PacedLoad.WITHOUT_PAUSE;
        double steady = median(
                seen.getOrDefault(Source.NONE, List.of()),
                one -> times(one, isPaced).micros(0.999));
        seen.forEach((source, rounds) -> table.append(row(source, rounds, isPaced, steady)));
        return table + "Failed requests: " + load.failures() + "\n\n";
    }

    private static Histogram times(Seen seen, boolean isPaced) {
        return isPaced ? seen.round().due() : seen.round().wall();
    }

    private static String row(Source source, List<Seen> rounds, boolean isPaced, double steadyMicros) {
        double p999 = median(rounds, seen -> times(seen, isPaced).micros(0.999));
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,.1f | %,.1f | %,.1f | %.2f | %,.1f | %,.1f | %d | %,.0f | %,.0f |%n",
                source.text,
                rounds.stream().mapToLong(seen -> seen.round().wall().count()).sum(),
                median(rounds, seen -> times(seen, isPaced).micros(0.5)),
                median(rounds, seen -> times(seen, isPaced).micros(0.99)),
                p999,
                p999 / steadyMicros,
                median(rounds, seen -> times(seen, isPaced).mostMicros() / 1e3),
                median(rounds, seen -> seen.round().processor().meanMicros()),
                rounds.stream().mapToLong(Seen::releases).sum(),
                median(rounds, Seen::loadMillis),
                median(rounds, Seen::collectMillis));
    }

    private static double median(List<Seen> rounds, ToDoubleFunction<Seen> figure) {
        return rounds.stream().mapToDouble(figure).sorted().toArray()[rounds.size() / 2];
    }

    /** Asks for a while, and ships beside it. */
    private Seen round(PacedLoad load, Source source, Size size) throws InterruptedException {
        if (source == Source.ELSEWHERE) {
            feed.shipAhead(size.releases());
        }
        System.gc(); // what was before is not collected in this round
        long loadsBefore = loads.get();
        long nanosBefore = loadNanos.get();
        long collectBefore = LiveHeap.collectMillis();
        Beside releases = new Beside(() -> release(source), size);
        releases.start();
        Round round = load.round(recommender, size.time());
        releases.join();
        long loaded = loads.get() - loadsBefore;
        double loadMillis = (loadNanos.get() - nanosBefore) / 1e6 / Math.max(1, loaded);
        return new Seen(round, loaded, loadMillis, LiveHeap.collectMillis() - collectBefore);
    }

    /** Lets a release be there, and waits until it is served. */
    private void release(Source source) {
        if (source == Source.HERE) {
            feed.ship();
        }
        if (source == Source.HERE || (source == Source.ELSEWHERE && feed.show())) {
            recommender
                    .invalidate(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface())
                    .join();
        }
    }

    /** Releases, the first half an interval after the start. */
    private static final class Beside extends Thread {
        private final Runnable release;
        private final Size size;

        Beside(Runnable release, Size size) {
            super("releases");
            this.release = release;
            this.size = size;
        }

        @Override
        public void run() {
            try {
                long start = System.nanoTime() - size.between().toNanos() / 2;
                for (int i = 1; i <= size.releases(); i++) {
                    long leftNanos = start + i * size.between().toNanos() - System.nanoTime();
                    Thread.sleep(Math.max(0, leftNanos / 1_000_000));
                    release.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Counts what is in use at rest, and at most while releases replace each other under load, all garbage left out. */
    private String memory(Size size) throws InterruptedException {
        double restBytes = LiveHeap.bytes() - emptyHeapBytes;
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong mostBytes = new AtomicLong();
        AtomicLong samples = new AtomicLong();
        Thread sampler = new Thread(() -> {
            while (!over.get()) {
                mostBytes.accumulateAndGet(LiveHeap.bytes(), Math::max);
                samples.incrementAndGet();
            }
        });
        PacedLoad load = load(PACE / 10);
        feed.shipAhead(size.releases());
        long before = loads.get();
        sampler.start();
        Beside releases = new Beside(() -> release(Source.ELSEWHERE), size);
        releases.start();
        var unused = load.round(recommender, size.time());
        releases.join();
        over.set(true);
        sampler.join();
        return String.format(
                Locale.ROOT,
                "Live heap of the recommender: one release at rest %,.1f MB; the most of %,d collections while %d releases were"
                        + " loaded %,.1f MB, %.2f times that; failed requests: %d%n",
                restBytes / 1e6,
                samples.get(),
                loads.get() - before,
                (mostBytes.get() - emptyHeapBytes) / 1e6,
                (mostBytes.get() - emptyHeapBytes) / restBytes,
                load.failures());
    }

    @Override
    public void close() {
        recommender.close();
        store.close();
    }
}
