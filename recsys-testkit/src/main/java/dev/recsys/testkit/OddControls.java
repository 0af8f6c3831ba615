package dev.recsys.testkit;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What may be configured and is easily changed on its way into a store and back. */
final class OddControls {
    /** Texts that some language, collation, encoding or sort order takes for something else or for each other. */
    static final List<String> TEXTS = List.of(
            "%",
            "_",
            "100%_sure",
            "it's",
            "\"quoted\"",
            "back\\slash",
            "\\",
            "\\N",
            "\\u0041",
            "a",
            "A",
            "a ",
            "a  ",
            " a",
            "\u00a0a",
            "\ufeffa",
            "\u00e9",
            "e\u0301",
            "\u00df",
            "ss",
            "i",
            "\u0130",
            "\u0131",
            "\uff11",
            "1",
            "01",
            "1.0",
            "1e0",
            "null",
            "NULL",
            "true",
            "{}",
            "[\"a\"]",
            "a,b",
            "a;b",
            "'; DROP TABLE items; --",
            "$1",
            "?",
            ":name",
            "${name}",
            "</script>",
            "a\u2028b",
            "\u200d",
            "\ud83c\udf75", // before the next in UTF-16, after it in UTF-8
            "\uffff",
            "\ud83d\udc69\u200d\ud83d\ude80");

    private static final List<Double> PRICES = List.of(
            0.0,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            0.1,
            0.1 + 0.2,
            1 / 3.0,
            19.99,
            123_456_789.123_456_79,
            (double) ((1L << 53) + 2),
            1e21,
            1e300,
            Double.MAX_VALUE);

    private static final List<Instant> TIMES = List.of(
            Instant.EPOCH,
            Instant.EPOCH.minusNanos(1),
            Instant.parse("2026-02-01T00:00:00.123456789Z"),
            Instant.parse("2026-02-01T00:00:00.123456Z"),
            Instant.parse("1900-01-01T00:00:00Z"),
            Instant.parse("0000-12-31T23:59:59Z"),
            Instant.parse("-0043-03-15T12:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999999999Z"),
            Instant.parse("+10000-01-01T00:00:00Z"),
            Instant.MIN,
            Instant.MAX);

    private OddControls() {}

    static List<ItemAttributes> items() {
        List<ItemAttributes> items = new ArrayList<>();
        for (String text : TEXTS) {
            items.add(ItemAttributes.of(text)
                    .withBrand(text)
                    .withCategories(List.of(text, "c"))
                    .withTags(TEXTS));
        }
        PRICES.forEach(price -> items.add(ItemAttributes.of("price " + price).withPrice(price)));
        TIMES.forEach(time -> items.add(ItemAttributes.of("time " + time).withCreatedAt(time)));
        items.add(ItemAttributes.of("x".repeat(512)).withBrand("b".repeat(ItemAttributes.MAX_LABEL_LENGTH)));
        items.add(ItemAttributes.of("\ud83c\udf75".repeat(256)).withAvailable(false));
        List<String> many = new ArrayList<>();
        for (int i = 0; i < ItemAttributes.MAX_LABELS; i++) {
            many.add("label " + i);
        }
        items.add(ItemAttributes.of("many labels").withCategories(many).withTags(many));
        return items;
    }

    static List<RankingConfig> configs() {
        RankingConfig low = RankingConfig.DEFAULT
                .withK(1)
                .withRecencyDecay(Double.MIN_VALUE)
                .withMaxRecentItems(1)
                .withPopularityHead(1)
                .withDiversity(new Diversity(0, 1))
                .withExploration(new Exploration(0, 1))
                .withWeights(SignalWeights.of(Map.of()).withSimilar(Map.of()));
        RankingConfig high = RankingConfig.DEFAULT
                .withK(1_000)
                .withRecencyDecay(1)
                .withMaxRecentItems(1_000)
                .withPopularityHead(100_000)
                .withCaps(List.of(
                        new Cap(ItemAttribute.BRAND, 1),
                        new Cap(ItemAttribute.CATEGORY, 500),
                        new Cap(ItemAttribute.TAG, 1_000)))
                .withDiversity(new Diversity(1, 1_000))
                .withExploration(new Exploration(0.5, Exploration.MAX_POOL))
                .withWeights(manyWeights());
        RankingConfig between = RankingConfig.DEFAULT
                .withRecencyDecay(Math.nextDown(1.0))
                .withDiversity(new Diversity(0.1 + 0.2, 10))
                .withExploration(new Exploration(Double.MIN_VALUE, 10))
                .withWeights(SignalWeights.of(Map.of(ArtifactType.COOC, 1 / 3.0, ArtifactType.POPULARITY, 0.0)));
        return List.of(low, high, between);
    }

    private static SignalWeights manyWeights() {
        SortedMap<ArtifactType, Double> weights = new TreeMap<>();
        for (int i = 0; i < SignalWeights.MAX_SIGNALS; i++) {
            weights.put(
                    new ArtifactType("signal_" + i),
                    i % 3 == 0 ? 0 : i % 3 == 1 ? SignalWeights.MIN_WEIGHT : SignalWeights.MAX_WEIGHT);
        }
        SignalWeights all = new SignalWeights(weights, weights, Collections.emptySortedMap());
        for (String segment : TEXTS) {
            all = all.withSegment(segment, Map.of(new ArtifactType("signal_1"), 0.1));
        }
        return all;
    }

    static List<RuleSet> rules() {
        List<Rule> odd = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            String text = TEXTS.get(i);
            odd.add(Rule.boost("boost-" + i, ItemAttribute.TAG, text, 1 / 3.0)
                    .withSegment(text)
                    .withReason(text));
        }
        odd.add(Rule.block("lines", ItemAttribute.BRAND, "b").withReason("two\nlines\tand a\r\nthird"));
        odd.add(Rule.block("long", ItemAttribute.CATEGORY, "c".repeat(512)).withReason("r".repeat(1_000)));
        odd.add(Rule.boost("a", ItemAttribute.ITEM, "i", Rule.MIN_FACTOR));
        odd.add(Rule.boost("A", ItemAttribute.ITEM, "i", Rule.MAX_FACTOR));
        odd.add(Rule.boost("~".repeat(100), ItemAttribute.ITEM, "i", 1));
        odd.add(Rule.pin("'\"\\%_", "first", 1).withPriority(Integer.MAX_VALUE));
        odd.add(Rule.pin("last", "last", Rule.MAX_POSITION).withPriority(Integer.MIN_VALUE));
        for (int i = 0; i + 1 < TIMES.size(); i++) {
            odd.add(Rule.block("from-" + i, ItemAttribute.TAG, "t").withFrom(TIMES.get(i)));
            odd.add(Rule.block("until-" + i, ItemAttribute.TAG, "t").withUntil(TIMES.get(i)));
        }
        odd.add(Rule.block("ever", ItemAttribute.TAG, "t").withWindow(Instant.MIN, Instant.MAX));
        List<Rule> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(Rule.boost("rule-" + i, ItemAttribute.ITEM, "item-" + i % 7, 1 + i / 1_000.0));
        }
        return List.of(new RuleSet(odd), new RuleSet(many));
    }

    /** Rules whose reason or segment has characters that some stores have no place for. */
    static List<RuleSet> rulesWithControlCharacters() {
        List<RuleSet> sets = new ArrayList<>();
        for (String text : List.of("a\u0000b", "\u0001", "\ud800")) {
            Rule rule = Rule.block("control", ItemAttribute.TAG, "t");
            sets.add(new RuleSet(List.of(rule.withReason(text))));
            sets.add(new RuleSet(List.of(rule.withSegment(text))));
        }
        return sets;
    }
}
