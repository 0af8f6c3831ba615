package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.control.Cap;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.table.RowKeys;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guards against gross regressions of cost, by what can be counted and is therefore the same on a busy machine: calls of the store,
 * bytes allocated, releases in memory. Everything runs on the test's own thread.
 */
class CountedCostsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ITEMS = 5_000;
    private static final int BLOCKED = 50;
    private static final long REQUEST_BYTES_BESIDE_THE_LIST = 512; // the goal; seen: 496
    private static final long ATTRIBUTE_BYTES_AN_ITEM = 640; // seen: 581
    private static final long LOAD_BYTES_AN_ITEM = 240; // ids, rows, what is prepared of items, and buffers; seen: 212

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final Publishers publishers = new Publishers(clock);
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    private final ManifestPublisher publisher = publishers.over(store, "test");
    private final VirtualScheduler scheduler = new VirtualScheduler(clock);
    private final InMemoryControls controls = InMemoryControls.create();
    private final List<WeakReference<Object>> generations = new ArrayList<>(); // held by their snapshots
    private final EmbeddedRecommender recommender = EmbeddedRecommender.builder(faulty)
            .ambient(publishers.ambient())
            .executor(scheduler)
            .controls(controls)
            .firstLoadTimeout(Duration.ZERO)
            .listener(new RecommenderListener() {
                @Override
                public void onLoaded(SnapshotStatus status, Duration took) {
                    generations.add(new WeakReference<>(status.revision().orElseThrow()));
                }
            })
            .build();

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void setUp() {
        builds = new Builds(directory);
    }

    @AfterEach
    void close() {
        recommender.close();
        scheduler.shutdownNow();
    }

    private void ship(Build build) {
        publisher.ship(ShipRequest.of(SCOPE, build, "a ship").createSurface().merge());
    }

    private void load(int items) {
        ship(builds.both(items, 1));
        recommender.recommend("acme", "home", "u1");
        scheduler.advance(Duration.ZERO);
    }

    private long release() {
        return recommender.recommend("acme", "home", "u1").release();
    }

    /** Polls, and returns how often each call was made. */
    private List<Integer> callsOfAPoll(StoreCall... kinds) {
        int all = faulty.count();
        List<Integer> before = IntStream.range(0, kinds.length)
                .mapToObj(i -> faulty.count(kinds[i]))
                .toList();
        var unused = recommender.invalidate("acme", "home");
        scheduler.advance(Duration.ZERO);
        List<Integer> calls = IntStream.range(0, kinds.length)
                .mapToObj(i -> faulty.count(kinds[i]) - before.get(i))
                .toList();
        assertThat(faulty.count() - all)
                .as("no other calls than these")
                .isEqualTo(calls.stream().mapToInt(Integer::intValue).sum());
        return calls;
    }

    @Test
    void aPollThatFindsNothingNewReadsThePointerAndNothingElse() {
        load(10);

        assertThat(callsOfAPoll(StoreCall.READ, StoreCall.COPY)).containsExactly(1, 0);
    }

    @Test
    void aPollThatFindsANewReleaseReadsThePointerAndCopiesEachArtifactOnce() {
        load(10);
        ship(builds.both(10, 2));

        assertThat(callsOfAPoll(StoreCall.READ, StoreCall.COPY)).containsExactly(1, 2);
        assertThat(release()).isEqualTo(2);
    }

    @Test
    void aPollThatFindsOneNewArtifactCopiesThatOne() {
        load(10);
        ship(builds.popularityOnly(10, 2));

        assertThat(callsOfAPoll(StoreCall.READ, StoreCall.COPY)).containsExactly(1, 1);
        assertThat(release()).isEqualTo(2);
    }

    @Test
    void aWarmRequestCallsNothingOfTheStore() {
        load(10);
        int calls = faulty.count();

        IntStream.range(0, 1_000).forEach(i -> release());

        assertThat(faulty.count()).isEqualTo(calls);
    }

    @Test
    void aLoadAllocatesLittleBesideTheTables() {
        load(ITEMS);
        ship(builds.write(SCOPE, Builds.day(2), build -> {
            Builds.popularity(build, ITEMS, 2);
            longRows(build);
        }));
        Manifest manifest = publisher.current("acme", "home").manifest();
        long storesOwn = allocated(() -> manifest.artifacts()
                .values()
                .forEach(ref -> faulty.copyTo(
                        ref.key(), OutputStream.nullOutputStream(), ref.sizeBytes(), Duration.ofSeconds(5))));

        var unused = recommender.invalidate("acme", "home");
        long bytes = allocated(() -> scheduler.advance(Duration.ZERO)) - storesOwn;

        assertThat(release()).isEqualTo(2);
        assertThat(bytes)
                .as("of tables of %s bytes", manifest.sizeBytes())
                .isLessThan(manifest.sizeBytes() + LOAD_BYTES_AN_ITEM * ITEMS);
    }

    @Test
    void aLoadOfItemsWithAttributesAllocatesLittleMore() {
        load(ITEMS);
        ship(builds.both(ITEMS, 2));
        var unused = recommender.invalidate("acme", "home");
        long without = allocated(() -> scheduler.advance(Duration.ZERO));
        ship(builds.both(ITEMS, 3));
        controls.putItems("acme", attributes());

        unused = recommender.invalidate("acme", "home");
        long with = allocated(() -> scheduler.advance(Duration.ZERO));

        assertThat(release()).isEqualTo(3);
        assertThat(with - without).isLessThan(ATTRIBUTE_BYTES_AN_ITEM * ITEMS);
    }

    private static List<ItemAttributes> attributes() {
        return IntStream.range(0, ITEMS)
                .mapToObj(i -> ItemAttributes.of("i" + i).withCategories(List.of("category-" + i % 50)))
                .toList();
    }

    /** A hundred neighbours an item, as a shop has them. */
    private static void longRows(BuildWriter build) throws IOException {
        try (TableWriter table = build.table(ArtifactType.COOC, TableForm.PACKED, RowKeys.ITEMS)) {
            for (int i = 0; i < ITEMS; i++) {
                table.item("i" + i);
            }
            int[] numbers = new int[100];
            float[] scores = new float[100];
            for (int i = 0; i < ITEMS; i++) {
                for (int n = 0; n < numbers.length; n++) {
                    numbers[n] = (i + 1 + n) % ITEMS;
                    scores[n] = 1f / (1 + n);
                }
                table.row("i" + i, numbers, scores, numbers.length);
            }
            table.finish();
        }
    }

    @Test
    void aWarmRequestAllocatesLittleBesideItsList() {
        controls.putConfig(
                SCOPE, RankingConfig.DEFAULT.withK(20).withCaps(List.of(new Cap(ItemAttribute.CATEGORY, 3))));
        controls.putRules(
                SCOPE,
                new RuleSet(IntStream.range(0, BLOCKED)
                        .mapToObj(i -> Rule.block("block-" + i, ItemAttribute.ITEM, "i" + 7 * i))
                        .toList()));
        controls.putItems("acme", attributes());
        load(ITEMS);
        RecommendationRequest request = RecommendationRequest.of("acme", "home")
                .recentItems(IntStream.range(0, 20).mapToObj(i -> "i" + 31 * i).toList())
                .excludes(IntStream.range(0, 30).mapToObj(i -> "i" + 13 * i).collect(Collectors.toSet()))
                .build();
        Recommendations answer = recommender.recommend(request);
        assertThat(answer.items()).hasSize(20);
        assertThat(answer.degradations()).isEmpty();
        Copy copy = new Copy(answer);
        assertThat(copy.make()).isEqualTo(answer);

        long listBytes = leastAllocated(copy::make);
        long bytes = leastAllocated(() -> recommender.recommend(request));

        assertThat(bytes - listBytes).as("of %s in all", bytes).isLessThanOrEqualTo(REQUEST_BYTES_BESIDE_THE_LIST);
    }

    /** Makes an answer once more of what it is made of, ids as bytes: what of a request's allocations is its list. */
    private static final class Copy {
        private final Recommendations answer;
        private final byte[][] ids; // [place]

        Copy(Recommendations answer) {
            this.answer = answer;
            this.ids = answer.items().stream()
                    .map(item -> item.itemId().getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }

        Recommendations make() {
            RecommendedItem[] items = new RecommendedItem[ids.length];
            for (int i = 0; i < ids.length; i++) {
                RecommendedItem item = answer.items().get(i);
                items[i] = new RecommendedItem(
                        new String(ids[i], StandardCharsets.UTF_8),
                        item.score(),
                        item.signals(),
                        item.rules(),
                        item.propensity());
            }
            return new Recommendations(
                    answer.scope(),
                    answer.release(),
                    answer.epoch(),
                    answer.seq(),
                    answer.versions(),
                    answer.assignment(),
                    List.of(items),
                    answer.degradations());
        }
    }

    @Test
    void whileAReleaseReplacesAnotherTwoAreInMemoryAndThenOne() {
        load(100);
        AtomicInteger mostBefore = new AtomicInteger();
        for (int salt = 2; salt <= 10; salt++) {
            ship(builds.both(100, salt));
            faulty.afterNext(
                    StoreCall.COPY, () -> mostBefore.accumulateAndGet(inMemory(), Math::max)); // one is being loaded
            var unused = recommender.invalidate("acme", "home");
            scheduler.advance(Duration.ZERO);
            assertThat(release()).isEqualTo(salt);
            assertThat(inMemory()).isEqualTo(1);
        }
        assertThat(generations).hasSize(10);
        assertThat(mostBefore).as("beside the one that is being loaded").hasValue(1);
    }

    private int inMemory() {
        System.gc();
        return (int) generations.stream()
                .filter(generation -> generation.get() != null)
                .count();
    }

    /** The least of several times, so that nothing counts that happens once. */
    private static long leastAllocated(Runnable work) {
        return IntStream.range(0, 100).mapToLong(i -> allocated(work)).min().orElseThrow();
    }

    private static long allocated(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
