package dev.recsys.benchmarks;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.controls.Place;
import dev.recsys.postgres.ControlEditor;
import dev.recsys.postgres.ItemEditor.ItemChange;
import dev.recsys.postgres.PostgresControls;
import dev.recsys.postgres.PostgresDatabase;
import dev.recsys.publish.Build;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.testserver.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * What a request takes with the database there, and with the database stopped: rounds of both, one after the other, in one
 * process. {@code FOLDER} must not exist. Prints also what it takes to import 100,000 items.
 */
public final class DatabaseAway {
    private static final int ITEMS = 100_000;
    private static final int ROUNDS = 6; // of each
    private static final int REQUESTS = 100_000; // a round
    private static final Place TENANT = Place.of(SyntheticShop.SCOPE.tenant());
    private static final String REASON = "a benchmark";

    private final List<RecommendationRequest> requests;
    private final long[] nanos = new long[REQUESTS];
    private long failures;

    private DatabaseAway(SyntheticShop shop) {
        this.requests = shop.visitors(1_000).stream()
                .map(visitor -> RecommendationRequest.of(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface())
                        .recentItems(visitor)
                        .build())
                .toList();
    }

    /** Measures. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        SyntheticShop shop = new SyntheticShop(ITEMS);
        Build build = shop.write(folder.resolve("build"));
        try (PostgresServer server = PostgresServer.start();
                FileBlobStore store = FileBlobStore.create(folder.resolve("store"));
                PostgresDatabase database =
                        PostgresDatabase.open(server.createDatabase("shop"), PostgresServer.SUPERUSER, "")) {
            configure(database);
            ManifestPublisher.open(store, "benchmark")
                    .ship(ShipRequest.of(SyntheticShop.SCOPE, build, REASON).createSurface());
            try (PostgresControls controls = PostgresControls.builder(database).open();
                    EmbeddedRecommender recommender = EmbeddedRecommender.builder(store)
                            .controls(controls)
                            .build()) {
                recommender.preload(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), Duration.ofMinutes(1));
                new DatabaseAway(shop).run(server, recommender);
            }
        }
    }

    private static void configure(PostgresDatabase database) {
        database.migrate();
        ControlEditor editor = database.editor("benchmark");
        editor.tenants().create(TENANT.tenant(), REASON);
        editor.configs()
                .put(
                        TENANT,
                        RankingConfig.DEFAULT.withK(20),
                        editor.configs().inForce(TENANT).version(),
                        REASON);
        RuleSet rules = new RuleSet(List.of(Rule.boost("boost", ItemAttribute.BRAND, "brand-1", 1.5)));
        editor.rules().put(TENANT, rules, editor.rules().inForce(TENANT).version(), REASON);
        List<ItemAttributes> items = IntStream.range(0, ITEMS)
                .mapToObj(i -> ItemAttributes.of(SyntheticShop.id(i))
                        .withBrand("brand-" + i % 500)
                        .withCategories(List.of("category-" + i % 40))
                        .withTags(List.of("tag-" + i % 97, "tag-" + i % 89))
                        .withPrice(i % 1_000 + 0.99))
                .toList();
        long startNanos = System.nanoTime();
        ItemChange first = editor.items().upsert(TENANT.tenant(), items, REASON, done -> {});
        long firstNanos = System.nanoTime();
        ItemChange second = editor.items().upsert(TENANT.tenant(), items, REASON, done -> {});
        System.out.printf(
                Locale.ROOT,
                "%,d items imported in %.1f s; again, %d changed, in %.1f s%n",
                first.items(),
                (firstNanos - startNanos) / 1e9,
                second.changed(),
                (System.nanoTime() - firstNanos) / 1e9);
    }

    private void run(PostgresServer server, EmbeddedRecommender recommender) {
        round(recommender, false); // warms up
        List<long[]> there = new ArrayList<>();
        List<long[]> away = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            await(recommender, false);
            there.add(round(recommender, false));
            server.stop();
            await(recommender, true);
            away.add(round(recommender, true));
            server.restart();
        }
        print("database there  ", there);
        print("database stopped", away);
        System.out.printf(
                Locale.ROOT,
                "median of rounds, stopped against there: p50 %.2f, p99 %.2f; failed requests: %d%n",
                (double) median(away, 0) / median(there, 0),
                (double) median(away, 1) / median(there, 1),
                failures);
    }

    private static void await(EmbeddedRecommender recommender, boolean isAway) {
        while (isDegraded(recommender.recommend(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface(), "nobody"))
                != isAway) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static boolean isDegraded(Recommendations answer) {
        return answer.degradations().stream().map(Degradation::kind).anyMatch(Kind.CONTROL_UNAVAILABLE::equals);
    }

    /** Returns the median and the 99th percentile of a request's nanoseconds. */
    private long[] round(EmbeddedRecommender recommender, boolean isAway) {
        for (int i = 0; i < REQUESTS; i++) {
            long startNanos = System.nanoTime();
            Recommendations answer = recommender.recommend(requests.get(i % requests.size()));
            nanos[i] = System.nanoTime() - startNanos;
            if (answer.items().size() != 20 || (isAway && !isDegraded(answer))) {
                failures++;
            }
        }
        Arrays.sort(nanos);
        return new long[] {nanos[REQUESTS / 2], nanos[REQUESTS / 100 * 99]};
    }

    private static long median(List<long[]> rounds, int figure) {
        long[] sorted =
                rounds.stream().mapToLong(round -> round[figure]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void print(String what, List<long[]> rounds) {
        System.out.printf(
                Locale.ROOT,
                "%s  p50 %.1f us, p99 %.1f us (medians of %d rounds of %,d requests)%n",
                what,
                median(rounds, 0) / 1e3,
                median(rounds, 1) / 1e3,
                rounds.size(),
                REQUESTS);
    }
}
