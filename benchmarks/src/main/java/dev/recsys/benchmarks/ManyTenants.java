package dev.recsys.benchmarks;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.RecommenderListener;
import dev.recsys.serve.SnapshotStatus;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves 2,000 tenants from one process of a small heap, and prints what that takes. Not a benchmark of JMH: memory is
 * what is measured, and waiting is a part of it.
 */
public final class ManyTenants {
    private static final int SHOPS = 2_000;
    private static final int REQUESTS = 200_000;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final PrintStream out;
    private final EmbeddedRecommender recommender;
    private final SplittableRandom random = new SplittableRandom(42);
    private int notReady;

    private ManyTenants(PrintStream out, EmbeddedRecommender recommender) {
        this.out = out;
        this.recommender = recommender;
    }

    /** Takes a folder, in which the store is made if it is not there, and {@code heap} or {@code mapped}. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        try (FileBlobStore store = shipped(folder)) {
            AtomicInteger loads = new AtomicInteger();
            EmbeddedRecommender.Builder builder = EmbeddedRecommender.builder(store)
                    .refreshInterval(IDLE)
                    .idleAfter(IDLE)
                    .listener(new RecommenderListener() {
                        @Override
                        public void onLoaded(SnapshotStatus status, Duration took) {
                            loads.incrementAndGet();
                        }
                    });
            if (args[1].equals("mapped")) {
                builder.localCopies(emptied(folder.resolve("copies"))).mapArtifacts();
            }
            try (EmbeddedRecommender recommender = builder.build()) {
                System.out.println(
                        "At most " + megabytes(Runtime.getRuntime().maxMemory()) + " of heap, tables " + args[1]);
                new ManyTenants(System.out, recommender).run(loads);
            }
        }
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Folders.delete(folder);
        }
        return folder;
    }

    private static FileBlobStore shipped(Path folder) throws IOException {
        Path done = folder.resolve("shipped");
        if (Files.exists(done)) {
            return FileBlobStore.at(folder.resolve("store"));
        }
        FileBlobStore store = FileBlobStore.create(emptied(folder).resolve("store"));
        ManyShops.ship(store, folder.resolve("builds"), SHOPS);
        Files.createFile(done);
        return store;
    }

    private void run(AtomicInteger loads) {
        printSizes();
        int[] order = shuffled();
        long start = System.nanoTime();
        for (int shop : order) {
            ask(shop);
        }
        out.printf(Locale.ROOT, "All asked once in %.1f s%n", (System.nanoTime() - start) / 1e9);
        printState("after that", loads);
        notReady = 0;
        long[] nanos = new long[REQUESTS];
        for (int request = 0; request < REQUESTS; request++) {
            int shop =
                    order[(int) StrictMath.pow(SHOPS + 1, random.nextDouble()) - 1]; // Zipf, whatever the shop's size
            long before = System.nanoTime();
            ask(shop);
            nanos[request] = System.nanoTime() - before;
        }
        printLatencies(nanos);
        printState("after that", loads);
    }

    private void ask(int shop) {
        int items = ManyShops.items(shop);
        Scope scope = ManyShops.scope(shop);
        int last = random.nextInt(items);
        Recommendations answer = recommender.recommend(RecommendationRequest.of(scope.tenant(), scope.surface())
                .recentItems(List.of(ManyShops.id(last), ManyShops.id(random.nextInt(items))))
                .build());
        if (answer.items().isEmpty()) {
            notReady++;
        }
    }

    private void printSizes() {
        int[] items = new int[SHOPS];
        long sum = 0;
        for (int shop = 1; shop <= SHOPS; shop++) {
            items[SHOPS - shop] = ManyShops.items(shop);
            sum += ManyShops.items(shop);
        }
        out.printf(
                Locale.ROOT,
                "%,d surfaces of %,d items: median %,d, 90%% %,d, 99%% %,d, largest %,d%n",
                SHOPS,
                sum,
                items[SHOPS / 2],
                items[SHOPS * 9 / 10],
                items[SHOPS * 99 / 100],
                items[SHOPS - 1]);
    }

    private void printState(String when, AtomicInteger loads) {
        List<SnapshotStatus> loaded = recommender.statuses().stream()
                .filter(status -> status.revision().isPresent())
                .toList();
        long told = loaded.stream().mapToLong(SnapshotStatus::heapBytes).sum();
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        out.printf(
                Locale.ROOT,
                "  %s: %,d loaded, which take %s; %,d evictions; %,d empty answers; heap in use after a collection %s%n",
                when,
                loaded.size(),
                megabytes(told),
                loads.get() - loaded.size(),
                notReady,
                megabytes(used));
    }

    private void printLatencies(long[] nanos) {
        Arrays.sort(nanos);
        out.printf(
                Locale.ROOT,
                "%,d requests: p50 %,.0f us, p99 %,.0f us, p99.9 %,.0f us, longest %,.0f ms%n",
                nanos.length,
                nanos[nanos.length / 2] / 1e3,
                nanos[nanos.length * 99 / 100] / 1e3,
                nanos[nanos.length * 999 / 1000] / 1e3,
                nanos[nanos.length - 1] / 1e6);
    }

    private int[] shuffled() {
        int[] shops = new int[SHOPS];
        for (int i = 0; i < SHOPS; i++) {
            int other = random.nextInt(i + 1);
            shops[i] = shops[other];
            shops[other] = i + 1;
        }
        return shops;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
