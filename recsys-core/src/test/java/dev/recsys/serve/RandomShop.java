package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;

import dev.recsys.RecommendationRequest;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Cap;
import dev.recsys.control.Diversity;
import dev.recsys.control.Exploration;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.SignalWeights;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuildWriter;
import dev.recsys.publish.Builds;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Makes shops, rules and requests up: the same ones from the same seed. */
final class RandomShop {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final List<ArtifactType> NEIGHBOURS =
            List.of(ArtifactType.COOC, ArtifactType.IMPLICIT, ArtifactType.CONTENT_SIM, ArtifactType.SESSION_SEQ);

    private final Random random;
    private final int items;
    private final int brands;

    RandomShop(long seed) {
        this.random = new Random(seed);
        this.items = 3 + random.nextInt(40);
        this.brands = 1 + random.nextInt(8);
    }

    Build build(Builds builds) {
        return builds.write(SCOPE, Builds.day(1), build -> {
            popularity(build);
            for (ArtifactType type : NEIGHBOURS) {
                if (random.nextInt(4) > 0) {
                    neighbours(build, type);
                }
            }
        });
    }

    private void popularity(BuildWriter build) throws IOException {
        try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
            table.row("", row(1 + random.nextInt(items)));
            if (random.nextBoolean()) {
                table.row("s1", row(1 + random.nextInt(items)));
            }
            table.finish();
        }
    }

    private void neighbours(BuildWriter build, ArtifactType type) throws IOException {
        TableForm form = random.nextBoolean() ? TableForm.PACKED : TableForm.EXACT;
        try (TableWriter table = build.table(type, form, RowKeys.ITEMS)) {
            for (int item = 0; item < items; item++) {
                if (random.nextBoolean()) {
                    table.row(item(item), row(1 + random.nextInt(8)));
                }
            }
            table.row("beyond", row(2));
            table.finish();
        }
    }

    private List<ScoredItem> row(int length) {
        Map<String, Float> row = new TreeMap<>();
        for (int i = 0; i < length; i++) {
            row.put(anyItem(), random.nextInt(4) == 0 ? random.nextFloat() : 1 + random.nextInt(4));
        }
        List<ScoredItem> scored = new ArrayList<>();
        row.forEach((item, score) -> scored.add(new ScoredItem(item, score)));
        return scored;
    }

    List<ItemAttributes> attributes() {
        List<ItemAttributes> all = new ArrayList<>();
        for (int item = 0; item < items + 3; item++) {
            if (random.nextInt(10) > 0) {
                ItemAttributes attributes = ItemAttributes.of(item(item))
                        .withBrand("b" + random.nextInt(brands))
                        .withCategories(Set.of("c" + random.nextInt(3)))
                        .withTags(Set.of("t" + random.nextInt(5), "t" + random.nextInt(5) + "x"))
                        .withAvailable(random.nextInt(12) > 0);
                all.add(random.nextBoolean() ? attributes.withPrice(random.nextInt(100)) : attributes);
            }
        }
        return all;
    }

    RankingConfig config() {
        Map<ArtifactType, Double> weights = new TreeMap<>();
        NEIGHBOURS.forEach(type -> weights.put(type, random.nextInt(3) == 0 ? 0 : random.nextDouble() + 0.01));
        weights.put(ArtifactType.POPULARITY, random.nextInt(3) == 0 ? 0 : 0.2);
        List<Cap> caps = new ArrayList<>();
        if (random.nextBoolean()) {
            caps.add(new Cap(ItemAttribute.BRAND, 1 + random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            caps.add(new Cap(ItemAttribute.CATEGORY, 1 + random.nextInt(6)));
        }
        double lambda = random.nextBoolean() ? 1 : random.nextDouble();
        return RankingConfig.DEFAULT
                .withWeights(SignalWeights.of(weights).withSegment("s1", Map.of(ArtifactType.POPULARITY, 1.0)))
                .withCaps(caps)
                .withDiversity(new Diversity(lambda, 1 + random.nextInt(30)))
                .withExploration(random.nextInt(4) == 0 ? new Exploration(0.3, 10) : Exploration.NONE)
                .withPopularityHead(1 + random.nextInt(20));
    }

    RuleSet rules() {
        List<Rule> rules = new ArrayList<>();
        Set<String> pinned = new LinkedHashSet<>();
        Set<Integer> places = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String item = anyItem();
            int place = 1 + random.nextInt(8);
            if (pinned.add(item) && places.add(place)) {
                rules.add(Rule.pin("pin" + i, item, place));
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            rules.add(Rule.boost(
                    "boost" + i, ItemAttribute.BRAND, "b" + random.nextInt(brands), 0.1 + random.nextInt(5)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            Rule block = random.nextBoolean()
                    ? Rule.block("block" + i, ItemAttribute.TAG, "t" + random.nextInt(5))
                    : Rule.block("block" + i, ItemAttribute.ITEM, anyItem());
            if (!pinned.contains(block.value())) {
                rules.add(block);
            }
        }
        return new RuleSet(rules);
    }

    RecommendationRequest request() {
        RecommendationRequest.Builder request = RecommendationRequest.of(SCOPE.tenant(), SCOPE.surface())
                .k(1 + random.nextInt(12))
                .excludes(Set.of(anyItem(), "unheard-of"))
                .recentItems(recent());
        if (random.nextInt(4) == 0) {
            request.allowRecentItems();
        }
        if (random.nextInt(4) == 0) {
            request.segment(random.nextBoolean() ? "s1" : "nowhere");
        }
        if (random.nextInt(5) == 0) {
            request.similarTo(anyItem());
        }
        if (random.nextInt(6) == 0) {
            request.requiredTags(Set.of("t" + random.nextInt(5)));
        }
        if (random.nextInt(8) == 0) {
            request.maxPrice(random.nextInt(100));
        }
        if (random.nextBoolean()) {
            request.user("u" + random.nextInt(5));
        }
        return request.build();
    }

    private List<String> recent() {
        List<String> recent = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            recent.add(anyItem());
        }
        return recent;
    }

    String anyItem() {
        return item(random.nextInt(items));
    }

    private static String item(int number) {
        return "i" + number;
    }
}
