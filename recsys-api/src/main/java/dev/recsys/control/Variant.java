package dev.recsys.control;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One of the ways that an {@link Experiment} compares: what is not said is as for everybody. Immutable; start from
 * {@link #of}.
 *
 * @param name its name within the experiment, 1 to 100 printable ASCII characters without blanks
 * @param weight its part of the experiment's units against the weights of the others, more than 0, at most 1000
 * @param config the configuration in place of the surface's, whole; without an experiment of its own
 * @param withoutRules the ids of those of the surface's rules that do not hold
 * @param rules rules that hold beside the surface's, in place of one with the same id; with distinct ids, in their order
 * @param release the release that answers in place of the current one
 */
public record Variant(
        String name,
        double weight,
        Optional<RankingConfig> config,
        SortedSet<String> withoutRules,
        List<Rule> rules,
        OptionalLong release) {
    private static final double MAX_WEIGHT = 1_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if something is out of its range; the message names it
     */
    public Variant {
        Texts.requireName("name", name);
        if (!(weight > 0 && weight <= MAX_WEIGHT)) {
            throw new IllegalArgumentException("weight is " + weight + "; expected more than 0, at most 1000");
        }
        if (config.flatMap(RankingConfig::experiment).isPresent()) {
            throw new IllegalArgumentException("config has an experiment; expected none within a variant");
        }
        withoutRules = Collections.unmodifiableSortedSet(new TreeSet<>(withoutRules));
        rules = new RuleSet(rules).rules(); // refuses what contradicts itself
        if (release.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "release is " + release.getAsLong() + "; expected the number of a release, 1 or more");
        }
    }

    /** Returns a variant that is as for everybody, and weighs 1. */
    public static Variant of(String name) {
        return new Variant(name, 1, Optional.empty(), new TreeSet<>(), List.of(), OptionalLong.empty());
    }

    /** Returns this variant with another weight. */
    public Variant withWeight(double other) {
        return new Variant(name, other, config, withoutRules, rules, release);
    }

    /** Returns this variant with a configuration of its own. */
    public Variant withConfig(RankingConfig own) {
        return new Variant(name, weight, Optional.of(own), withoutRules, rules, release);
    }

    /** Returns this variant without these of the surface's rules. */
    public Variant withoutRules(Set<String> ids) {
        return new Variant(name, weight, config, new TreeSet<>(ids), rules, release);
    }

    /** Returns this variant with rules of its own. */
    public Variant withRules(List<Rule> own) {
        return new Variant(name, weight, config, withoutRules, own, release);
    }

    /** Returns this variant answered by another release than the current one. */
    public Variant withRelease(long id) {
        return new Variant(name, weight, config, withoutRules, rules, OptionalLong.of(id));
    }

    /**
     * Returns the rules that hold, of those of the surface and its own.
     *
     * @throws IllegalArgumentException if they contradict each other; the message names both
     */
    public RuleSet over(RuleSet surface) {
        if (withoutRules.isEmpty() && rules.isEmpty()) {
            return surface;
        }
        Set<String> gone = new TreeSet<>(withoutRules);
        rules.forEach(rule -> gone.add(rule.id()));
        return new RuleSet(Stream.concat(
                        surface.rules().stream().filter(rule -> !gone.contains(rule.id())), rules.stream())
                .toList());
    }
}
