package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.control.Cap;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.publish.Builds;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand requests that are under way at once get the answers that one thread gets. */
class ManyAtOnceTest {
    private static final int REQUESTS = 10_000;
    private static final int ITEMS = 2_000;

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final Publishers publishers = new Publishers(clock);
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final InMemoryControls controls = InMemoryControls.create();
    private final EmbeddedRecommender recommender = EmbeddedRecommender.builder(store)
            .ambient(publishers.ambient())
            .controls(controls)
            .build();
    private final List<RecommendationRequest> requests =
            IntStream.range(0, REQUESTS).mapToObj(ManyAtOnceTest::request).toList();
    private List<Recommendations> expected = List.of();

    @BeforeEach
    void load(@TempDir Path directory) {
        controls.putConfig(SCOPE, RankingConfig.DEFAULT.withCaps(List.of(new Cap(ItemAttribute.CATEGORY, 3))));
        controls.putRules(SCOPE, new RuleSet(List.of(Rule.block("block", ItemAttribute.CATEGORY, "category-3"))));
        controls.putItems(
                SCOPE.tenant(),
                IntStream.range(0, ITEMS)
                        .mapToObj(i -> ItemAttributes.of("i" + i).withCategories(List.of("category-" + i % 50)))
                        .toList());
        publishers
                .over(store, "test")
                .ship(ShipRequest.of(SCOPE, new Builds(directory).both(ITEMS, 1), "a ship")
                        .createSurface());
        recommender.preload("acme", "home", Duration.ofSeconds(20));
        expected = requests.stream().map(recommender::recommend).toList();
    }

    @AfterEach
    void close() {
        recommender.close();
    }

    private static RecommendationRequest request(int number) {
        return RecommendationRequest.of("acme", "home")
                .recentItems(IntStream.range(0, number % 8)
                        .mapToObj(i -> "i" + (number * 31 + i * 17) % ITEMS)
                        .toList())
                .build();
    }

    @Test
    void twoHundredThreadsGetWhatOneGets() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(200);
        try {
            assertThat(answers(threads, new CountDownLatch(0))).isEqualTo(expected);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void tenThousandVirtualThreadsGetWhatOneGets() throws Exception {
        ExecutorService threads = virtualThreads();
        try {
            assertThat(answers(threads, new CountDownLatch(REQUESTS))).isEqualTo(expected);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Gives each request a task, none of which asks before so many are there. */
    private List<Recommendations> answers(ExecutorService threads, CountDownLatch there)
            throws InterruptedException, ExecutionException {
        List<Future<Recommendations>> futures = new ArrayList<>();
        for (RecommendationRequest request : requests) {
            futures.add(threads.submit(() -> {
                there.countDown();
                there.await();
                return recommender.recommend(request);
            }));
        }
        List<Recommendations> answers = new ArrayList<>();
        for (Future<Recommendations> future : futures) {
            answers.add(future.get());
        }
        return answers;
    }

    /** By reflection, for this is compiled for 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with 21");
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
