package dev.recsys.control;

import dev.recsys.control.Rule.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of a surface, without contradictions. Immutable.
 *
 * @param rules at most 10,000, in order of their ids, whatever order they were given in
 */
public record RuleSet(List<Rule> rules) {
    /** No rules. */
    public static final RuleSet NONE = new RuleSet(List.of());

    /**
     * Two rules that cannot both be followed.
     *
     * @param one the one with the smaller id
     * @param other the other
     * @param why what they want of each other
     */
    public record Contradiction(Rule one, Rule other, String why) {
        /** Returns which rules contradict each other, why, and what to do. */
        @Override
        public String toString() {
            return "rules '" + one.id() + "' and '" + other.id() + "' contradict each other: " + why
                    + " while both may hold. Give them different windows, segments or priorities, or drop one.";
        }
    }

    /** The most rules of a set. */
    public static final int MAX_RULES = 10_000;

    /**
     * Checks that the rules go together.
     *
     * @throws IllegalArgumentException if two rules have one id, or two pins that may hold at the same time for the same
     *     requests want one position at one priority, or one item at two positions, or a pinned item is blocked by its id;
     *     the message names both
     */
    public RuleSet {
        List<Rule> sorted = new ArrayList<>(rules);
        sorted.sort(Comparator.comparing(Rule::id));
        if (sorted.size() > MAX_RULES) {
            throw new IllegalArgumentException(
                    "there are " + sorted.size() + " rules; at most " + MAX_RULES + " are allowed");
        }
        requireDistinctIds(sorted);
        rules = List.copyOf(sorted);
        contradictions(rules, 1).forEach(contradiction -> {
            throw new IllegalArgumentException(contradiction.toString());
        });
    }

    private static void requireDistinctIds(List<Rule> rules) {
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("two rules have the id '" + rule.id() + "'; expected each once");
            }
        }
    }

    /**
     * Returns which rules contradict each other, in the order of their ids: no more than so many, for there may be
     * millions.
     *
     * @param rules with distinct ids, in any order
     * @param most the largest number wanted, at least 1
     */
    public static List<Contradiction> contradictions(Collection<Rule> rules, int most) {
        List<Rule> sorted = new ArrayList<>(rules);
        sorted.sort(Comparator.comparing(Rule::id));
        Map<List<Object>, List<Rule>> alike = new HashMap<>(); // only rules that share a key can contradict each other
        List<Contradiction> found = new ArrayList<>();
        for (Rule rule : sorted) {
            for (List<Object> key : keys(rule)) {
                List<Rule> others = alike.computeIfAbsent(key, any -> new ArrayList<>());
                others.stream()
                        .flatMap(other -> between(other, rule).stream())
                        .filter(contradiction -> !found.contains(contradiction))
                        .limit(most - found.size())
                        .toList()
                        .forEach(found::add);
                others.add(rule);
            }
            if (found.size() == most) {
                break;
            }
        }
        return found;
    }

    private static List<List<Object>> keys(Rule rule) {
        List<List<Object>> keys = new ArrayList<>();
        if (rule.action() == Action.PIN) {
            keys.add(List.of(rule.position(), rule.priority()));
        }
        if (rule.action() != Action.BOOST && rule.attribute() == ItemAttribute.ITEM) {
            keys.add(List.of(rule.value()));
        }
        return keys;
    }

    private static Optional<Contradiction> between(Rule one, Rule other) {
        boolean pinned = one.action() == Action.PIN || other.action() == Action.PIN;
        if (!pinned || !mayMeet(one, other)) {
            return Optional.empty();
        }
        boolean sameItem = one.attribute() == ItemAttribute.ITEM && names(one, other);
        if (one.action() != other.action()) {
            return because(sameItem, one, other, "one pins item '" + one.value() + "', the other blocks it");
        }
        if (one.position() == other.position() && one.priority() == other.priority()) {
            String why = "both want position " + one.position() + " at priority " + one.priority();
            return because(true, one, other, why);
        }
        boolean apart = sameItem && one.position() != other.position();
        return because(apart, one, other, "they want item '" + one.value() + "' at two positions");
    }

    private static Optional<Contradiction> because(boolean holds, Rule one, Rule other, String why) {
        return holds ? Optional.of(new Contradiction(one, other, why)) : Optional.empty();
    }

    private static boolean names(Rule one, Rule other) {
        return one.attribute() == other.attribute() && one.value().equals(other.value());
    }

    /** Whether there may be a request at a time at which both hold. */
    private static boolean mayMeet(Rule one, Rule other) {
        boolean segments = one.segment().isEmpty()
                || other.segment().isEmpty()
                || one.segment().equals(other.segment());
        return segments && beginsBeforeEndOf(one, other) && beginsBeforeEndOf(other, one);
    }

    private static boolean beginsBeforeEndOf(Rule one, Rule other) {
        return one.from().isEmpty()
                || other.until().isEmpty()
                || one.from().get().isBefore(other.until().get());
    }

    /** Returns a rule by its id. */
    public Optional<Rule> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }
}
