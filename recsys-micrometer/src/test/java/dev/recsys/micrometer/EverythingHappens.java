package dev.recsys.micrometer;

import dev.recsys.Assignment;
import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.log.LogStats;
import dev.recsys.testkit.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A shop that goes through whatever its operators may see, so that a scrape of it has every metric there is. */
final class EverythingHappens {
    private EverythingHappens() {}

    /** Returns a scrape of a real recommender that has been through everything. */
    static Scrape scrape(Path folder) {
        try (MonitoredShop shop = new MonitoredShop(folder, settings -> settings.maxScopes(3))) {
            shop.ship("acme", "home", 10);
            shop.ship("acme", "cart", 2);
            shop.load("acme", "home");
            shop.load("acme", "cart");
            shop.poll("acme", "home"); // its copy is kept now
            shop.recommend("acme", "home");
            blockAll(shop);
            shop.recommend("acme", "cart");
            shop.suspend("closed");
            shop.recommend("closed", "home");
            shop.recommend("one", "too-many");
            breakStore(shop);
            tellOfHosts(shop);
            return shop.scrape();
        }
    }

    private static void blockAll(MonitoredShop shop) {
        shop.controls.putRules(
                new Scope("acme", "cart"),
                new RuleSet(List.of(
                        Rule.block("one", ItemAttribute.ITEM, "i0"), Rule.block("two", ItemAttribute.ITEM, "i1"))));
    }

    private static void breakStore(MonitoredShop shop) {
        shop.store.always(Fault.UNAVAILABLE);
        shop.clock.advance(Duration.ofHours(1));
        shop.poll("acme", "home");
        shop.recommend("acme", "home");
    }

    /** What needs a host: a log, an experiment, and each way in which an answer may be degraded. */
    private static void tellOfHosts(MonitoredShop shop) {
        shop.metrics.log("exposures", () -> new LogStats(7, 2, 1, 3, 900, 4));
        List<Degradation> all = Arrays.stream(Kind.values())
                .map(kind -> new Degradation(kind, "as it may be"))
                .toList();
        Scope scope = new Scope("acme", "home");
        Assignment assignment = new Assignment("exp", "a");
        Recommendations answer = new Recommendations(
                scope, 1, 1, 1, Recommendations.Versions.NONE, Optional.of(assignment), List.of(), all);
        shop.metrics.onRequest(RecommendationRequest.of("acme", "home").build(), answer, 1_000_000);
    }
}
