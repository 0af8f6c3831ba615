package dev.recsys.examples;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.InMemoryUserHistory;
import dev.recsys.serve.SnapshotStatus;
import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * An application that recommends in its own process: one recommender for its whole life, a history that its own events
 * feed, and an alarm for empty answers.
 *
 * <p>Run {@link NightlyJob} first, so that there is something to serve.
 */
public final class EmbeddedShop implements AutoCloseable {
    private static final int ITEMS_ON_THE_PAGE = 6;

    private final Scope scope;
    private final InMemoryUserHistory history = new InMemoryUserHistory(100_000, 50);
    private final EmbeddedRecommender recommender;

    /**
     * Opens the shop.
     *
     * @param store stays open when the shop is closed
     * @param scope the surface it shows
     * @param alarm receives a sentence whenever a tenth of twenty answers is empty
     */
    public EmbeddedShop(BlobStore store, Scope scope, Consumer<String> alarm) {
        this.scope = scope;
        this.recommender = EmbeddedRecommender.builder(store)
                .userHistory(history)
                .listener(new EmptyAnswerAlarm(20, 0.1, alarm))
                .build();
    }

    /** Loads what is shipped, so that the first visitor does not wait; call it when the application starts. */
    public SnapshotStatus warmUp() {
        return recommender.preload(scope.tenant(), scope.surface(), Duration.ofSeconds(10));
    }

    /** Returns what the page shows a visitor. Asks no store: the answer comes from memory. */
    public Recommendations page(String visitor) {
        return recommender.recommend(RecommendationRequest.of(scope.tenant(), scope.surface())
                .user(visitor)
                .k(ITEMS_ON_THE_PAGE)
                .build());
    }

    /** Remembers what a visitor did; it counts from the next page on. */
    public void visited(String visitor, String item, String what, Instant when) {
        history.record(new Outcome(scope, visitor, item, what, when));
    }

    /** Looks for a new release at once, as after a message from the job that shipped it. */
    public SnapshotStatus refresh() {
        return recommender.invalidate(scope.tenant(), scope.surface()).join();
    }

    @Override
    public void close() {
        recommender.close();
    }

    /** Takes the folder of a store; prints a visitor's page before and after a click. */
    public static void main(String... args) {
        if (args.length != 1) {
            System.err.println("usage: EmbeddedShop <folder of the store>");
            System.exit(2);
        }
        Scope scope = new Scope(ShopEvents.TENANT, ShopEvents.SURFACE);
        Consumer<String> alarm = sentence -> System.err.println("ALARM: " + sentence);
        try (FileBlobStore store = FileBlobStore.at(Path.of(args[0]));
                EmbeddedShop shop = new EmbeddedShop(store, scope, alarm)) {
            shop.warmUp();
            print("A new visitor sees what is popular", shop.page("ann"));
            shop.visited("ann", "tea-darjeeling-classic", "click", Instant.now());
            print("After a look at tea-darjeeling-classic", shop.page("ann"));
        }
    }

    private static void print(String title, Recommendations page) {
        System.out.println(title + " (release " + page.release() + "):");
        for (RecommendedItem item : page.items()) {
            System.out.println("  " + item.itemId() + " because of " + String.join(" and ", item.signals()));
        }
        page.degradations().forEach(less -> System.out.println("  note: " + less.detail()));
    }
}
