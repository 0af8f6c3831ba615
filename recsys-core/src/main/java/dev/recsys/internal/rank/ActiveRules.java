package dev.recsys.internal.rank;

import dev.recsys.control.ItemAttribute;
import dev.recsys.control.Rule;
import dev.recsys.control.Rule.Action;
import dev.recsys.control.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The rules that hold for one segment at one time, by the numbers of items. Immutable. Takes a bit an item, another where brands,
 * categories or tags are blocked, and 4 bytes an item where anything is boosted.
 */
final class ActiveRules {
    private static final Comparator<Target> BY_PLACE = Comparator.<Target>comparingInt(
                    pin -> pin.rule().position())
            .thenComparing(pin -> pin.rule().priority(), Comparator.reverseOrder());

    private final ItemIndex index;
    private final List<Rule> rules; // by id
    private final Target[] pins;
    private final List<Target> blocks; // by id
    private final List<Target> boostRules; // by id
    private final boolean pinsFeatures;
    private final BitSet blocked;
    private final long[] out; // [item / 64] bits of what is blocked or unavailable: one look for each item of a request
    private final float[] boosts; // [item], or empty

    /**
     * A rule and what it is about.
     *
     * @param rule what was asked for
     * @param feature the brand, category or tag, or -1 if it is about an item or no item has it
     */
    record Target(Rule rule, int feature) {}

    private ActiveRules(ItemIndex index, List<Rule> rules) {
        this.index = index;
        this.rules = rules;
        this.pins = targets(index, rules, Action.PIN).stream()
                .sorted(BY_PLACE) // rules of one place and priority stay in the order of their ids
                .toArray(Target[]::new);
        this.blocks = targets(index, rules, Action.BLOCK);
        this.boostRules = targets(index, rules, Action.BOOST);
        this.pinsFeatures = Arrays.stream(pins).anyMatch(pin -> pin.feature() >= 0);
        this.blocked = new BitSet();
        blocks.forEach(block -> forEachMatch(block, blocked::set));
        this.out = out(index, blocked);
        this.boosts = boostRules.isEmpty() ? new float[0] : products();
    }

    private static List<Target> targets(ItemIndex index, List<Rule> rules, Action action) {
        return rules.stream()
                .filter(rule -> rule.action() == action)
                .map(rule -> new Target(
                        rule,
                        rule.attribute() == ItemAttribute.ITEM ? -1 : index.feature(rule.attribute(), rule.value())))
                .toList();
    }

    /** Returns those rules that hold at a time for requests of a segment. */
    static ActiveRules of(ItemIndex index, RuleSet rules, Optional<String> segment, Instant now) {
        return new ActiveRules(
                index,
                rules.rules().stream()
                        .filter(rule -> rule.holdsAt(now))
                        .filter(rule ->
                                rule.segment().isEmpty() || rule.segment().equals(segment))
                        .toList());
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    private static long[] out(ItemIndex index, BitSet blocked) {
        BitSet out = index.unavailable();
        out.or(blocked);
        return Arrays.copyOf(out.toLongArray(), (index.size() >> 6) + 1);
    }

    /** Returns whether an item is blocked or unavailable. */
    boolean isOut(int item) {
        return (out[item >> 6] & 1L << item) != 0;
    }

    boolean isBlocked(int item) {
        return blocked.get(item);
    }

    /** Returns whether an item that has no number is blocked by its id. */
    boolean isBlocked(String itemId) {
        return blocks.stream().anyMatch(block -> names(block.rule(), itemId));
    }

    /** Returns whether a rule has to see all items that are brought up: a boost may put any first, a pin of a brand looks for its best. */
    boolean lookAtAll() {
        return hasBoosts() || pinsFeatures;
    }

    boolean hasBoosts() {
        return boosts.length > 0;
    }

    /** Returns what the item's score is multiplied with. */
    float boost(int item) {
        return boosts.length == 0 ? 1 : boosts[item];
    }

    /** Returns what the score of an item without a number is multiplied with. */
    float boost(String itemId) {
        float boost = 1;
        for (Target target : boostRules) {
            if (names(target.rule(), itemId)) {
                boost = bounded(boost * target.rule().factor());
            }
        }
        return boost;
    }

    /** Returns the pins by position; those of one position by priority, then by id. */
    Target[] pins() {
        return pins;
    }

    boolean hasBlocks() {
        return !blocks.isEmpty();
    }

    /** Returns the ids of the boosts that match an item, in their order; a number of -1 stands for an item without one. */
    List<String> boosts(int item, String itemId) {
        return matching(boostRules, item, itemId);
    }

    /** Returns the ids of the blocks that match an item, in their order; a number of -1 stands for an item without one. */
    List<String> blocks(int item, String itemId) {
        return matching(blocks, item, itemId);
    }

    private List<String> matching(List<Target> targets, int item, String itemId) {
        if (targets.isEmpty()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        for (Target target : targets) {
            boolean hasFeature = target.feature() >= 0 && item >= 0 && index.hasFeature(item, target.feature());
            if (hasFeature || names(target.rule(), itemId)) {
                ids.add(target.rule().id());
            }
        }
        return ids;
    }

    private static boolean names(Rule rule, String itemId) {
        return rule.attribute() == ItemAttribute.ITEM && rule.value().equals(itemId);
    }

    /** Rule by rule in the order of their ids, for products of floats depend on the order. */
    private float[] products() {
        float[] products = new float[index.size()];
        Arrays.fill(products, 1);
        for (Target target : boostRules) {
            forEachMatch(
                    target,
                    item -> products[item] =
                            bounded(products[item] * target.rule().factor()));
        }
        return products;
    }

    private static float bounded(double boost) {
        return (float) Math.max(Rule.MIN_FACTOR, Math.min(Rule.MAX_FACTOR, boost));
    }

    private void forEachMatch(Target target, IntConsumer taker) {
        if (target.rule().attribute() == ItemAttribute.ITEM) {
            int item = index.indexOf(target.rule().value());
            if (item >= 0) {
                taker.accept(item);
            }
            return;
        }
        for (int item = 0; item < index.size() && target.feature() >= 0; item++) {
            if (index.hasFeature(item, target.feature())) {
                taker.accept(item);
            }
        }
    }
}
