package dev.recsys.controls;

import dev.recsys.Assignment;
import dev.recsys.Degradation;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Candidate;
import dev.recsys.control.Cap;
import dev.recsys.control.Diversity;
import dev.recsys.control.Experiment;
import dev.recsys.control.Exploration;
import dev.recsys.control.Exposure;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.Outcome;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.SignalWeights;
import dev.recsys.control.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Random values; the same for the same seed. */
final class Samples {
    private static final List<String> TEXTS = List.of(
            "tea",
            "\u0130stanbul",
            "a b",
            "\"quoted\"\\",
            "line\nfeed\u0000",
            "\ud83c\udf75",
            "\ud800 alone",
            "a\u2028b",
            "#");

    private static final List<ItemAttribute> ATTRIBUTES =
            List.of(ItemAttribute.ITEM, ItemAttribute.BRAND, ItemAttribute.CATEGORY, ItemAttribute.TAG);

    private static final List<Degradation.Kind> KINDS = List.of(Degradation.Kind.values());

    private Samples() {}

    static RankingConfig config(SplittableRandom random) {
        RankingConfig config = configAlone(random);
        if (random.nextBoolean()) {
            return config;
        }
        List<Variant> variants = new ArrayList<>();
        for (int i = random.nextInt(2, 5); i > 0; i--) {
            variants.add(variant(random, config, i));
        }
        Experiment experiment = Experiment.of("e" + random.nextInt(), variants).withShare(random.nextDouble());
        experiment = random.nextBoolean() ? experiment.withSalt("s" + random.nextInt()) : experiment;
        experiment = random.nextBoolean() ? experiment.withUnitKey(name(random)) : experiment;
        experiment = random.nextBoolean() ? experiment.withFrom(instant(random, 0)) : experiment;
        experiment = random.nextBoolean() ? experiment.withUntil(instant(random, 2_000_000_000)) : experiment;
        return config.withExperiment(experiment);
    }

    /** A variant whose configuration differs from the surface's in some keys, or in none. */
    private static Variant variant(SplittableRandom random, RankingConfig surface, int number) {
        Variant variant = Variant.of("v" + number).withWeight(1 - random.nextDouble());
        variant = random.nextBoolean() ? variant.withRules(rules(random).rules()) : variant;
        variant = random.nextBoolean() ? variant.withoutRules(Set.of("rule-1", name(random))) : variant;
        variant = random.nextBoolean() ? variant.withRelease(random.nextLong(1, 1L << 53)) : variant;
        RankingConfig other = configAlone(random);
        return switch (random.nextInt(4)) {
            case 0 -> variant;
            case 1 -> variant.withConfig(surface);
            case 2 -> variant.withConfig(surface.withK(other.k()).withWeights(other.weights()));
            default -> variant.withConfig(other);
        };
    }

    private static RankingConfig configAlone(SplittableRandom random) {
        SignalWeights weights = SignalWeights.of(weights(random)).withSimilar(weights(random));
        for (int i = random.nextInt(3); i > 0; i--) {
            weights = weights.withSegment(text(random), weights(random));
        }
        List<Cap> caps = new ArrayList<>();
        for (ItemAttribute attribute : List.of(ItemAttribute.TAG, ItemAttribute.BRAND, ItemAttribute.CATEGORY)) {
            if (random.nextBoolean()) {
                caps.add(new Cap(attribute, random.nextInt(1, 1_001)));
            }
        }
        return new RankingConfig(
                random.nextInt(1, 1_001),
                weights,
                1 - random.nextDouble(),
                random.nextInt(1, 1_001),
                random.nextInt(1, 100_001),
                caps,
                new Diversity(random.nextDouble(), random.nextInt(1, 1_001)),
                new Exploration(random.nextDouble(0, 0.5), random.nextInt(1, 1_001)),
                Optional.empty());
    }

    private static Map<ArtifactType, Double> weights(SplittableRandom random) {
        Map<ArtifactType, Double> weights = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            double weight = random.nextInt(8) == 0 ? -0.0 : StrictMath.pow(10, random.nextDouble(-6, 6));
            weights.put(new ArtifactType("signal_" + random.nextInt(10)), weight);
        }
        return weights;
    }

    /** Rules that do not contradict each other: each pin has a position and an item of its own. */
    static RuleSet rules(SplittableRandom random) {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(10); i > 0; i--) {
            rules.add(rule(random, i));
        }
        return new RuleSet(rules);
    }

    private static Rule rule(SplittableRandom random, int number) {
        String id = "rule-" + number;
        ItemAttribute attribute = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
        Rule rule = switch (random.nextInt(3)) {
            case 0 -> Rule.pin(id, attribute, "pinned " + number, number);
            case 1 -> Rule.boost(id, attribute, name(random), StrictMath.pow(10, random.nextDouble(-3, 3)));
            default -> Rule.block(id, attribute, name(random));
        };
        rule = random.nextBoolean() ? rule.withPriority(random.nextInt()) : rule;
        rule = random.nextBoolean() ? rule.withSegment(text(random)) : rule;
        rule = random.nextBoolean() ? rule.withFrom(instant(random, 0)) : rule;
        rule = random.nextBoolean() ? rule.withUntil(instant(random, 2_000_000_000)) : rule;
        return random.nextBoolean() ? rule.withReason(text(random)) : rule;
    }

    static ItemAttributes item(SplittableRandom random, String id) {
        ItemAttributes item = ItemAttributes.of(id).withAvailable(random.nextBoolean());
        item = random.nextBoolean() ? item.withBrand(name(random)) : item;
        item = random.nextBoolean() ? item.withCategories(names(random)) : item;
        item = random.nextBoolean() ? item.withTags(names(random)) : item;
        item = random.nextBoolean() ? item.withPrice(number(random)) : item;
        return random.nextBoolean() ? item.withCreatedAt(instant(random, 0)) : item;
    }

    static Exposure exposure(SplittableRandom random) {
        RecommendationRequest request = request(random);
        SortedMap<String, List<Candidate>> candidates = new TreeMap<>();
        texts(random).forEach(signal -> candidates.put(signal, list(random, () -> candidate(random))));
        return new Exposure(
                instant(random, 0),
                request,
                texts(random),
                candidates,
                list(random, () -> candidate(random)),
                answer(random, request.scope()),
                random.nextBoolean() ? OptionalLong.of(random.nextLong(1L << 40)) : OptionalLong.empty());
    }

    private static RecommendationRequest request(SplittableRandom random) {
        RecommendationRequest.Builder request = RecommendationRequest.of("acme", "home:" + random.nextInt(9));
        List<Runnable> parts = List.of(
                () -> request.user(text(random)),
                () -> request.segment(text(random)),
                () -> request.recentItems(texts(random)),
                () -> request.excludes(new HashSet<>(texts(random))),
                request::allowRecentItems,
                () -> request.similarTo(text(random)),
                () -> request.requiredTags(new HashSet<>(texts(random))),
                () -> request.requiredCategories(new HashSet<>(texts(random))),
                () -> prices(request, random),
                () -> request.k(random.nextInt(1, 1_001)),
                () -> request.seed(random.nextLong()),
                () -> request.requestId(name(random)),
                () -> request.context(Map.of(text(random), text(random), "", "")));
        parts.stream().filter(any -> random.nextBoolean()).forEach(Runnable::run);
        return request.build();
    }

    private static void prices(RecommendationRequest.Builder request, SplittableRandom random) {
        double price = number(random);
        if (random.nextBoolean()) {
            request.minPrice(price);
        }
        if (random.nextBoolean()) {
            request.maxPrice(price);
        }
    }

    private static Recommendations answer(SplittableRandom random, Scope scope) {
        return new Recommendations(
                scope,
                random.nextLong(1L << 53),
                random.nextLong(1L << 53),
                random.nextLong(1L << 53),
                new Recommendations.Versions(text(random), "none", text(random)),
                random.nextBoolean() ? Optional.of(new Assignment(name(random), name(random))) : Optional.empty(),
                list(
                        random,
                        () -> new RecommendedItem(
                                text(random), number(random), texts(random), texts(random), random.nextDouble())),
                list(random, () -> new Degradation(KINDS.get(random.nextInt(KINDS.size())), text(random))));
    }

    static Outcome outcome(SplittableRandom random) {
        Outcome outcome =
                new Outcome(new Scope("acme", "home"), name(random), name(random), name(random), instant(random, 0));
        outcome = random.nextBoolean() ? outcome.withValue(number(random)) : outcome;
        return random.nextBoolean() ? outcome.withRequestId(name(random)) : outcome;
    }

    private static Candidate candidate(SplittableRandom random) {
        return new Candidate(name(random), number(random));
    }

    /** Returns a number that is finite and not negative, of any size. */
    static double number(SplittableRandom random) {
        double any = Math.abs(Double.longBitsToDouble(random.nextLong()));
        return random.nextInt(8) == 0 || !Double.isFinite(any) ? -0.0 : any;
    }

    /** What may name an item or a label: text without control characters and halves of pairs. */
    static String name(SplittableRandom random) {
        StringBuilder name = new StringBuilder();
        text(random)
                .codePoints()
                .filter(point -> !Character.isISOControl(point) && (point < 0xD800 || point > 0xDFFF))
                .forEach(name::appendCodePoint);
        return name.toString().isBlank() ? "x" : name.toString();
    }

    private static List<String> names(SplittableRandom random) {
        return list(random, () -> name(random));
    }

    static String text(SplittableRandom random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    static List<String> texts(SplittableRandom random) {
        return list(random, () -> text(random));
    }

    static <T> List<T> list(SplittableRandom random, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    static Instant instant(SplittableRandom random, long from) {
        return Instant.ofEpochSecond(from + random.nextInt(1_000_000_000), random.nextInt(1_000_000_000));
    }
}
