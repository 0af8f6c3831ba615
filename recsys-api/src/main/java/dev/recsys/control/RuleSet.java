package dev.recsys.control;

import dev.recsys.control.Rule.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
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
        requireNoConflict(rules);
    }

    private static void requireDistinctIds(List<Rule> rules) {
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("two rules have the id '" + rule.id() + "'; expected each once");
            }
        }
    }

    private static void requireNoConflict(List<Rule> rules) {
        List<Rule> pins =
                rules.stream().filter(rule -> rule.action() == Action.PIN).toList();
        List<Rule> itemBlocks = rules.stream()
                .filter(rule -> rule.action() == Action.BLOCK && rule.attribute() == ItemAttribute.ITEM)
                .toList();
        for (int i = 0; i < pins.size(); i++) {
            Rule pin = pins.get(i);
            pins.subList(i + 1, pins.size()).forEach(other -> requireNoConflict(pin, other));
            itemBlocks.stream()
                    .filter(block -> names(pin, block) && mayMeet(pin, block))
                    .findFirst()
                    .ifPresent(block -> {
                        throw conflict(pin, block, "one pins item '" + pin.value() + "', the other blocks it");
                    });
        }
    }

    private static void requireNoConflict(Rule pin, Rule other) {
        if (!mayMeet(pin, other)) {
            return;
        }
        if (pin.position() == other.position() && pin.priority() == other.priority()) {
            throw conflict(pin, other, "both want position " + pin.position() + " at priority " + pin.priority());
        }
        if (names(pin, other) && pin.attribute() == ItemAttribute.ITEM && pin.position() != other.position()) {
            throw conflict(pin, other, "they want item '" + pin.value() + "' at two positions");
        }
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

    private static IllegalArgumentException conflict(Rule one, Rule other, String why) {
        return new IllegalArgumentException("rules '" + one.id() + "' and '" + other.id() + "' contradict each other: "
                + why + " while both may hold. Give them different windows, segments or priorities, or drop one.");
    }

    /** Returns a rule by its id. */
    public Optional<Rule> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }
}
