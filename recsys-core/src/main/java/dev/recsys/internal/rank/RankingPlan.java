package dev.recsys.internal.rank;

import dev.recsys.Recommendations.Versions;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Cap;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import dev.recsys.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * All that a ranking reads beside the request: a release, and the configuration, rules and items of one version each,
 * prepared so that a request looks nothing up by name. Holds for a time: until a rule begins or ends. Immutable.
 */
public final class RankingPlan {
    private static final int MAX_SETS = 6; // signals of which all sets are listed

    private final ReleaseTables release;
    private final ItemIndex index;
    private final Versioned<RankingConfig> config;
    private final Versioned<RuleSet> rules;
    private final String itemsVersion;
    private final List<String> signals; // by name; a signal's number is its place
    private final Map<String, ActiveRules> rulesBySegment = new HashMap<>(); // of segments that rules name
    private final ActiveRules rulesOfOthers;
    private final Weighted[] weights;
    private final Weighted[] similarWeights;
    private final Map<String, Weighted[]> weightsBySegment = new HashMap<>();
    private final List<List<String>> signalSets; // [bits] their names; empty where there are too many
    private final Map<ItemAttribute, Integer> caps = new EnumMap<>(ItemAttribute.class);
    private final Instant from;
    private final Instant until;
    private final Versions versions;
    private final int popularityBit;
    private final AtomicReferenceArray<PopularHead> popularHeads; // [row] made when first asked for

    /**
     * A signal of a request.
     *
     * @param weight what its best item has
     * @param bit its bit in the flags of an item
     */
    record Weighted(ArtifactType type, float weight, int bit) {}

    /**
     * Prepares.
     *
     * @param release the tables
     * @param index the items of the release and those that {@code itemsVersion} has attributes of
     * @param now the time at which rules are to hold
     */
    public RankingPlan(
            ReleaseTables release,
            Versioned<ItemIndex> index,
            Versioned<RankingConfig> config,
            Versioned<RuleSet> rules,
            Instant now) {
        this.release = release;
        this.index = index.value();
        this.itemsVersion = index.version();
        this.config = config;
        this.rules = rules;
        this.signals = signals(config.value());
        this.weights = weighted(config.value().weights().everybody());
        this.similarWeights = weighted(config.value().weights().similar());
        config.value()
                .weights()
                .bySegment()
                .forEach((segment, byType) -> weightsBySegment.put(segment, weighted(byType)));
        this.signalSets = signals.size() > MAX_SETS ? List.of() : signalSets();
        this.rulesOfOthers = ActiveRules.of(this.index, rules.value(), Optional.empty(), now);
        rules.value().rules().stream()
                .flatMap(rule -> rule.segment().stream())
                .distinct()
                .forEach(segment -> rulesBySegment.put(
                        segment, ActiveRules.of(this.index, rules.value(), Optional.of(segment), now)));
        for (Cap cap : config.value().caps()) {
            caps.put(cap.attribute(), cap.most());
        }
        this.from = changes(rules.value())
                .filter(change -> !change.isAfter(now))
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        this.until = changes(rules.value())
                .filter(change -> change.isAfter(now))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        this.versions = new Versions(config.version(), rules.version(), itemsVersion);
        this.popularityBit = bit(ArtifactType.POPULARITY.name());
        this.popularHeads = new AtomicReferenceArray<>(
                release.popularity().map(Table::rowCount).orElse(0));
    }

    /** Returns a plan of the same release and items with another configuration, other rules or another time. */
    public RankingPlan with(Versioned<RankingConfig> newConfig, Versioned<RuleSet> newRules, Instant now) {
        return new RankingPlan(release, new Versioned<>(itemsVersion, index), newConfig, newRules, now);
    }

    /** Returns whether it was made of these versions, and holds at a time. */
    public boolean isOf(Versioned<RankingConfig> otherConfig, Versioned<RuleSet> otherRules, Instant now) {
        return config.version().equals(otherConfig.version())
                && rules.version().equals(otherRules.version())
                && !now.isBefore(from)
                && now.isBefore(until);
    }

    /** Returns the version of the items that it knows the attributes of. */
    public String itemsVersion() {
        return itemsVersion;
    }

    /** Returns which versions it was made of. */
    public Versions versions() {
        return versions;
    }

    /** Returns the configuration. */
    public RankingConfig config() {
        return config.value();
    }

    ReleaseTables release() {
        return release;
    }

    ItemIndex index() {
        return index;
    }

    List<String> signals() {
        return signals;
    }

    ActiveRules rules(Optional<String> segment) {
        return segment.isEmpty() ? rulesOfOthers : rulesBySegment.getOrDefault(segment.get(), rulesOfOthers);
    }

    /** Returns the signals of a request, by name. */
    Weighted[] weights(boolean similar, Optional<String> segment) {
        if (similar) {
            return similarWeights;
        }
        return segment.isEmpty() ? weights : weightsBySegment.getOrDefault(segment.get(), weights);
    }

    private Weighted[] weighted(SortedMap<ArtifactType, Double> byType) {
        return byType.entrySet().stream()
                .map(entry -> new Weighted(
                        entry.getKey(),
                        entry.getValue().floatValue(),
                        bit(entry.getKey().name())))
                .toArray(Weighted[]::new);
    }

    /** Returns the bit of a signal in the flags of an item. */
    int bit(String signal) {
        return 1 << (Scratch.FIRST_SIGNAL + signals.indexOf(signal));
    }

    /** Returns the bit of popularity in the flags of an item. */
    int popularityBit() {
        return popularityBit;
    }

    /** Returns where the items of the head of a row of popularity stand. */
    PopularHead popularHead(Table popularity, int row, int end) {
        PopularHead known = popularHeads.get(row);
        if (known != null) {
            return known;
        }
        PopularHead made = PopularHead.of(popularity, row, end); // two threads may make the same
        popularHeads.set(row, made);
        return made;
    }

    /** Returns whether what is configured or asked for needs attributes of items. */
    boolean needsAttributes(boolean isFiltered) {
        return isFiltered || hasCaps() || config().diversity().lambda() < 1;
    }

    boolean hasCaps() {
        return !config().caps().isEmpty();
    }

    /** Returns how many items with one value of an attribute a list may hold, or 0 for any number. */
    int cap(ItemAttribute attribute) {
        return caps.getOrDefault(attribute, 0);
    }

    /** Returns the names of the signals in a set of numbers, by name. */
    List<String> signals(int bits) {
        return signalSets.isEmpty() ? named(bits) : signalSets.get(bits);
    }

    private List<List<String>> signalSets() {
        List<List<String>> sets = new ArrayList<>();
        for (int bits = 0; bits < 1 << signals.size(); bits++) {
            sets.add(named(bits));
        }
        return List.copyOf(sets);
    }

    private List<String> named(int bits) {
        List<String> names = new ArrayList<>();
        for (int signal = 0; signal < signals.size(); signal++) {
            if ((bits & (1 << signal)) != 0) {
                names.add(signals.get(signal));
            }
        }
        return List.copyOf(names);
    }

    private static List<String> signals(RankingConfig config) {
        SortedSet<String> names = new TreeSet<>();
        names.add(ArtifactType.POPULARITY.name()); // it fills lists, whatever it weighs
        config.weights().everybody().keySet().forEach(type -> names.add(type.name()));
        config.weights().similar().keySet().forEach(type -> names.add(type.name()));
        config.weights()
                .bySegment()
                .values()
                .forEach(weights -> weights.keySet().forEach(type -> names.add(type.name())));
        return List.copyOf(names);
    }

    /** Returns when rules begin or end. */
    private static Stream<Instant> changes(RuleSet rules) {
        return rules.rules().stream()
                .flatMap(rule -> Stream.of(rule.from(), rule.until()))
                .flatMap(Optional::stream);
    }
}
