package dev.recsys.benchmarks;

import dev.recsys.RecommendationRequest;
import dev.recsys.control.Cap;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The work of the serving table on a {@link SyntheticShop} with 91 neighbours an item: a request has 20 recent ids and 30 that the
 * user has seen, looks at about 1,820 neighbours, blends popularity in, keeps 50 blocked items out, admits three of a category,
 * and takes the best 20.
 */
final class ServingShop {
    static final int NEIGHBOURS = 91;
    static final int K = 20;
    static final int MOST_OF_A_CATEGORY = 3;
    private static final int VISITORS = 20_000;
    private static final int VISITORS_OF_A_LARGE_SHOP = 5_000; // string maps keep what these look at
    private static final int LARGE = 500_000;
    private static final int SEEN = 30;
    private static final int BLOCKED = 50;
    private static final int CATEGORIES = 500;

    private final int items;
    private final List<List<String>> recent;
    private final List<Set<String>> seen = new ArrayList<>();
    private final Set<String> blocked = new LinkedHashSet<>();

    ServingShop(SyntheticShop shop, int items) {
        this.items = items;
        this.recent = shop.visitors(items > LARGE ? VISITORS_OF_A_LARGE_SHOP : VISITORS);
        SplittableRandom random = new SplittableRandom(7);
        for (int visitor = 0; visitor < recent.size(); visitor++) {
            Set<String> ids = new LinkedHashSet<>();
            while (ids.size() < SEEN) {
                ids.add(popular(random));
            }
            seen.add(Set.copyOf(ids));
        }
        while (blocked.size() < BLOCKED) {
            blocked.add(popular(random));
        }
    }

    /** Half of what people have seen, and of what is blocked, is what many know. */
    private String popular(SplittableRandom random) {
        int most = random.nextBoolean() ? Math.min(items, 2_000) : items;
        return SyntheticShop.id(random.nextInt(most));
    }

    int visitors() {
        return recent.size();
    }

    List<String> recent(int visitor) {
        return recent.get(visitor);
    }

    Set<String> seen(int visitor) {
        return seen.get(visitor);
    }

    Set<String> blocked() {
        return blocked;
    }

    static String category(int item) {
        return "category-" + (item * 31 + item / 200) % CATEGORIES;
    }

    RankingConfig config() {
        return RankingConfig.DEFAULT.withK(K).withCaps(List.of(new Cap(ItemAttribute.CATEGORY, MOST_OF_A_CATEGORY)));
    }

    RuleSet rules() {
        List<Rule> rules = new ArrayList<>();
        for (String id : blocked) {
            rules.add(Rule.block("block-" + id, ItemAttribute.ITEM, id));
        }
        return new RuleSet(rules);
    }

    List<ItemAttributes> attributes() {
        List<ItemAttributes> attributes = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            attributes.add(ItemAttributes.of(SyntheticShop.id(item)).withCategories(List.of(category(item))));
        }
        return attributes;
    }

    RecommendationRequest request(int visitor) {
        return RecommendationRequest.of(SyntheticShop.SCOPE.tenant(), SyntheticShop.SCOPE.surface())
                .recentItems(recent(visitor))
                .excludes(seen(visitor))
                .build();
    }
}
