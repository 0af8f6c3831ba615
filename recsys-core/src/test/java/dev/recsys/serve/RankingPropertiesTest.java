package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.Explanation;
import dev.recsys.Explanation.Stage;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.control.Cap;
import dev.recsys.control.Exploration;
import dev.recsys.control.Exposure;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.Rule.Action;
import dev.recsys.control.RuleSet;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.internal.Ambient;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.trust.TrustList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must hold of every list, whatever the shop, the rules and the request. 2,000 cases; more with
 * {@code -Drecsys.ranking.cases=100000}, others with {@code -Drecsys.ranking.seed}. A failure names the seed of its shop.
 */
class RankingPropertiesTest {
    private static final int REQUESTS_PER_SHOP = 20;
    private static final int CASES = Integer.getInteger("recsys.ranking.cases", 2_000);
    private static final long FIRST_SEED = Long.getLong("recsys.ranking.seed", 1);

    @TempDir
    private Path directory;

    /** One shop with its recommender. */
    private final class Shop implements AutoCloseable {
        final RandomShop random;
        final MemoryBlobStore store = MemoryBlobStore.open();
        final InMemoryControls controls = InMemoryControls.create();
        final List<Exposure> exposures = new ArrayList<>();
        final Map<String, ItemAttributes> attributes;
        final RankingConfig config;
        final RuleSet rules;
        final EmbeddedRecommender recommender;

        Shop(long seed) {
            this.random = new RandomShop(seed);
            ManifestPublisher.open(store, "test")
                    .ship(ShipRequest.of(SCOPE, random.build(new Builds(directory.resolve("shop-" + seed))), "a ship")
                            .createSurface());
            List<ItemAttributes> items = random.attributes();
            this.attributes = items.stream().collect(Collectors.toMap(ItemAttributes::itemId, Function.identity()));
            this.config = random.config();
            this.rules = random.rules();
            controls.putItems(SCOPE.tenant(), items);
            controls.putConfig(SCOPE, config);
            controls.putRules(SCOPE, rules);
            this.recommender = open(controls, exposures);
        }

        EmbeddedRecommender open(InMemoryControls under, List<Exposure> sink) {
            EmbeddedRecommender opened = EmbeddedRecommender.builder(store)
                    .controls(under)
                    .eventSink(sink::add)
                    .ambient(Ambient.system().withClock(() -> RandomShop.NOW))
                    .build();
            assertThat(opened.invalidate(SCOPE.tenant(), SCOPE.surface()).join().revision())
                    .as("loaded, however long it takes")
                    .isPresent();
            return opened;
        }

        @Override
        public void close() {
            recommender.close();
        }
    }

    private interface Property {
        void check(Shop shop, RecommendationRequest request, Recommendations answer);
    }

    private void forAll(Property property) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES / REQUESTS_PER_SHOP; seed++) {
            try (Shop shop = new Shop(seed)) {
                for (int i = 0; i < REQUESTS_PER_SHOP; i++) {
                    RecommendationRequest request = shop.random.request();
                    property.check(shop, request, shop.recommender.recommend(request));
                }
            } catch (AssertionError e) {
                throw new AssertionError("shop of seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static List<String> ids(Recommendations answer) {
        return answer.items().stream().map(RecommendedItem::itemId).toList();
    }

    @Test
    void everyListIsWhatRulesCapsAndTheRequestAllow() {
        forAll((shop, request, answer) -> {
            List<String> ids = ids(answer);
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(ids).doesNotContainAnyElementsOf(request.excludes());
            request.similarTo().ifPresent(anchor -> assertThat(ids).doesNotContain(anchor));
            if (request.recentItemsExcluded()) {
                request.recentItems()
                        .orElseThrow()
                        .forEach(recent -> assertThat(ids).doesNotContain(recent));
            }
            for (String id : ids) {
                assertThat(blocks(shop, id)).as("blocks of %s", id).isEmpty();
                assertThat(isEligible(shop, request, id))
                        .as("%s is eligible", id)
                        .isTrue();
            }
            checkPins(shop, request, ids);
            checkCaps(shop, request, ids);
            checkFull(shop, request, answer);
        });
    }

    private static List<String> blocks(Shop shop, String id) {
        return shop.rules.rules().stream()
                .filter(rule -> rule.action() == Action.BLOCK && matches(shop, rule, id))
                .map(Rule::id)
                .toList();
    }

    private static boolean matches(Shop shop, Rule rule, String id) {
        return rule.attribute() == ItemAttribute.ITEM
                ? rule.value().equals(id)
                : values(shop, rule.attribute(), id).contains(rule.value());
    }

    private static Set<String> values(Shop shop, ItemAttribute attribute, String id) {
        Optional<ItemAttributes> known = Optional.ofNullable(shop.attributes.get(id));
        return switch (attribute) {
            case ITEM -> Set.of(id);
            case BRAND -> known.flatMap(ItemAttributes::brand).map(Set::of).orElse(Set.of());
            case CATEGORY -> known.<Set<String>>map(ItemAttributes::categories).orElse(Set.of());
            case TAG -> known.<Set<String>>map(ItemAttributes::tags).orElse(Set.of());
        };
    }

    private static boolean isEligible(Shop shop, RecommendationRequest request, String id) {
        Optional<ItemAttributes> known = Optional.ofNullable(shop.attributes.get(id));
        boolean isLeftOut = request.excludes().contains(id)
                || request.similarTo().equals(Optional.of(id))
                || (request.recentItemsExcluded()
                        && request.recentItems().orElseThrow().contains(id))
                || !blocks(shop, id).isEmpty()
                || known.map(item -> !item.available()).orElse(false);
        double price = known.map(item -> item.price().orElse(Double.NaN)).orElse(Double.NaN);
        boolean passes = values(shop, ItemAttribute.TAG, id).containsAll(request.requiredTags())
                && (request.maxPrice().isEmpty() || price <= request.maxPrice().getAsDouble());
        return !isLeftOut && passes;
    }

    private static void checkPins(Shop shop, RecommendationRequest request, List<String> ids) {
        for (Rule pin : shop.rules.rules()) {
            boolean mayBeThere = pin.action() == Action.PIN
                    && isEligible(shop, request, pin.value())
                    && pin.position() <= request.k().orElseThrow();
            if (mayBeThere) {
                int place = Math.min(pin.position(), ids.size());
                int last = ids.lastIndexOf(pin.value());
                assertThat(last)
                        .as("place of %s, pinned to %s", pin.value(), pin.position())
                        .isNotNegative();
                if (pin.position() <= ids.size() && isFull(ids, request)) {
                    assertThat(last + 1).isEqualTo(place);
                }
            }
        }
    }

    private static boolean isFull(List<String> ids, RecommendationRequest request) {
        return ids.size() == request.k().orElseThrow();
    }

    private static void checkCaps(Shop shop, RecommendationRequest request, List<String> ids) {
        Set<String> pinned = pinned(shop, request);
        for (Cap cap : shop.config.caps()) {
            Map<String, Integer> counts = new TreeMap<>();
            Map<String, Integer> pins = new TreeMap<>();
            for (String id : ids) {
                for (String value : values(shop, cap.attribute(), id)) {
                    counts.merge(value, 1, Integer::sum);
                    pins.merge(value, pinned.contains(id) ? 1 : 0, Integer::sum);
                }
            }
            counts.forEach((value, count) -> assertThat(count)
                    .as("items of %s %s", cap.attribute(), value)
                    .isLessThanOrEqualTo(Math.max(cap.most(), pins.getOrDefault(value, 0))));
        }
    }

    private static Set<String> pinned(Shop shop, RecommendationRequest request) {
        return shop.rules.rules().stream()
                .filter(rule -> rule.action() == Action.PIN
                        && rule.position() <= request.k().orElseThrow())
                .map(Rule::value)
                .collect(Collectors.toSet());
    }

    /** A list that is not full has no eligible item left that the caps would admit. */
    private static void checkFull(Shop shop, RecommendationRequest request, Recommendations answer) {
        List<String> ids = ids(answer);
        boolean saysSo = answer.degradations().stream().map(Degradation::kind).anyMatch(Kind.FEWER_THAN_K::equals);
        assertThat(saysSo).isEqualTo(!isFull(ids, request));
        if (isFull(ids, request)) {
            return;
        }
        Set<String> all = new HashSet<>(shop.attributes.keySet());
        all.addAll(ids);
        for (String id : all) {
            if (!ids.contains(id) && isEligible(shop, request, id)) {
                boolean isCapped = shop.config.caps().stream()
                        .anyMatch(cap -> values(shop, cap.attribute(), id).stream()
                                .anyMatch(value -> ids.stream()
                                                .filter(other -> values(shop, cap.attribute(), other)
                                                        .contains(value))
                                                .count()
                                        >= cap.most()));
                assertThat(isCapped)
                        .as("%s is left out of a list that is not full", id)
                        .isTrue();
            }
        }
    }

    @Test
    void theSameAgainIsTheSameOnManyThreadsAndInAnotherRecommender() {
        forAll((shop, request, answer) -> {
            assertThat(shop.recommender.recommend(request)).isEqualTo(answer);
            List<CompletableFuture<Recommendations>> others = IntStream.range(0, 2)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> shop.recommender.recommend(request)))
                    .toList();
            others.forEach(other -> assertThat(other.join()).isEqualTo(answer));
            assertThat(shop.recommender.explain(request, Set.of()).answer()).isEqualTo(answer);
        });
    }

    @Test
    void raisingAnItemNeverLowersIt() {
        forAll((shop, request, answer) -> {
            RankingConfig config = shop.config.withExploration(Exploration.NONE);
            String raised = shop.random.anyItem();
            List<Rule> rules = new ArrayList<>(shop.rules.rules());
            rules.add(Rule.boost("raised", ItemAttribute.ITEM, raised, 3));
            InMemoryControls controls = controls(shop, config);
            try (EmbeddedRecommender recommender = shop.open(controls, new ArrayList<>())) {
                int placeBefore = ids(recommender.recommend(request)).indexOf(raised);
                controls.putRules(SCOPE, new RuleSet(rules));
                int placeAfter = ids(recommender.recommend(request)).indexOf(raised);

                if (placeBefore >= 0) {
                    assertThat(placeAfter)
                            .as("place of %s, which was %s", raised, placeBefore)
                            .isBetween(0, placeBefore);
                }
            }
        });
    }

    private static InMemoryControls controls(Shop shop, RankingConfig config) {
        InMemoryControls controls = InMemoryControls.create();
        controls.putItems(SCOPE.tenant(), shop.attributes.values());
        controls.putConfig(SCOPE, config);
        controls.putRules(SCOPE, shop.rules);
        return controls;
    }

    @Test
    void everyExplanationFitsItsAnswer() {
        forAll((shop, request, answer) -> {
            String asked = shop.random.anyItem();
            Explanation explanation = shop.recommender.explain(request, Set.of(asked));

            assertThat(explanation.answer()).isEqualTo(answer);
            for (Explanation.Item item : explanation.items()) {
                double sum = item.contributions().stream()
                        .mapToDouble(Explanation.Contribution::share)
                        .sum();
                boolean isInList = ids(answer).contains(item.itemId());
                assertThat(item.dropped().isPresent()).isEqualTo(!isInList);
                assertThat(item.position()).isEqualTo(ids(answer).indexOf(item.itemId()) + 1);
                if (!item.contributions().isEmpty()) {
                    assertThat(item.score()).isCloseTo(sum * item.boost(), offset(1e-4));
                }
            }
            checkWhyNot(shop, request, explanation);
        });
    }

    private static void checkWhyNot(Shop shop, RecommendationRequest request, Explanation explanation) {
        for (Explanation.Item item : explanation.items()) {
            item.dropped().map(Explanation.Dropped::stage).ifPresent(stage -> {
                Set<Stage> ofEligible = Set.of(Stage.CAPPED, Stage.OUTRANKED, Stage.NO_SIGNAL, Stage.UNKNOWN);
                assertThat(ofEligible.contains(stage))
                        .as("%s is dropped as %s", item.itemId(), stage)
                        .isEqualTo(isEligible(shop, request, item.itemId()));
            });
        }
    }

    @Test
    void whatWasShownIsMadeAgainFromItsRecordBitForBit() {
        int[] replayed = new int[1];
        forAll((shop, request, answer) -> {
            Exposure recorded = shop.exposures.get(shop.exposures.size() - 1);
            Exposure read = ExposureDocument.read(ExposureDocument.write(recorded));
            Replayer replayer = Replayer.over(shop.store, TrustList.ANYONE, Duration.ofSeconds(5))
                    .with(shop.controls);

            Recommendations again = replayer.replay(read);

            assertThat(again).isEqualTo(answer);
            Exposure unnamed = read.withRequest(read.request().toBuilder()
                    .user("k1:nobody-knows")
                    .requestId("r-1")
                    .context(Map.of())
                    .build());
            assertThat(replayer.replay(unnamed)).as("without the user").isEqualTo(answer);
            replayed[0]++;
        });
        assertThat(replayed[0]).isEqualTo(CASES / REQUESTS_PER_SHOP * REQUESTS_PER_SHOP);
    }
}
