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
 * The rules that hold for one segment at one time, by the numbers of items. Immutable. Takes a bit an item where brands,
 * categories or tags are blocked, and 4 bytes an item where anything is boosted.
 */
final class ActiveRules {
    private static final Comparator<Rule> BY_PLACE =
            Comparator.comparingInt(Rule::position).thenComparing(Rule::priority, Comparator.reverseOrder());

    private final ItemIndex index;
    private final List<Rule> rules; // by id
    private final List<Pin> pins;
    private final BitSet blocked;
    private final float[] boosts; // [item], or empty

    /**
     * A pin.
     *
     * @param rule what was asked for
     * @param item the pinned item, or -1 if a feature is pinned or the item is known to nobody
     * @param feature the pinned feature, or -1
     */
    record Pin(Rule rule, int item, int feature) {}

    private ActiveRules(ItemIndex index, List<Rule> rules) {
        this.index = index;
        this.rules = rules;
        this.pins = rules.stream()
                .filter(rule -> rule.action() == Action.PIN)
                .sorted(BY_PLACE) // rules of one place and priority stay in the order of their ids
                .map(rule -> pin(index, rule))
                .toList();
        this.blocked = new BitSet();
        rules.stream().filter(rule -> rule.action() == Action.BLOCK).forEach(rule -> forEachMatch(rule, blocked::set));
        boolean hasBoosts = rules.stream().anyMatch(rule -> rule.action() == Action.BOOST);
        this.boosts = hasBoosts ? boosts() : new float[0];
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

    boolean isBlocked(int item) {
        return blocked.get(item);
    }

    /** Returns whether an item that has no number is blocked by its id. */
    boolean isBlocked(String itemId) {
        return rules.stream().anyMatch(rule -> rule.action() == Action.BLOCK && names(rule, itemId));
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
        for (Rule rule : rules) {
            if (rule.action() == Action.BOOST && names(rule, itemId)) {
                boost = bounded(boost * rule.factor());
            }
        }
        return boost;
    }

    /** Returns the pins by position; those of one position by priority, then by id. */
    List<Pin> pins() {
        return pins;
    }

    /** Returns the rules of an action that match an item, by id; a number of -1 stands for an item without one. */
    List<String> matching(Action action, int item, String itemId) {
        List<String> ids = new ArrayList<>();
        for (Rule rule : rules) {
            boolean matches =
                    rule.action() == action && (names(rule, itemId) || (item >= 0 && hasAttribute(rule, item)));
            if (matches) {
                ids.add(rule.id());
            }
        }
        return ids;
    }

    private boolean hasAttribute(Rule rule, int item) {
        if (rule.attribute() == ItemAttribute.ITEM) {
            return false;
        }
        int feature = index.feature(rule.attribute(), rule.value());
        return feature >= 0 && index.hasFeature(item, feature);
    }

    private static boolean names(Rule rule, String itemId) {
        return rule.attribute() == ItemAttribute.ITEM && rule.value().equals(itemId);
    }

    private static Pin pin(ItemIndex index, Rule rule) {
        return rule.attribute() == ItemAttribute.ITEM
                ? new Pin(rule, index.indexOf(rule.value()), -1)
                : new Pin(rule, -1, index.feature(rule.attribute(), rule.value()));
    }

    /** Rule by rule in the order of their ids, for products of floats depend on the order. */
    private float[] boosts() {
        float[] products = new float[index.size()];
        Arrays.fill(products, 1);
        for (Rule rule : rules) {
            if (rule.action() == Action.BOOST) {
                forEachMatch(rule, item -> products[item] = bounded(products[item] * rule.factor()));
            }
        }
        return products;
    }

    private static float bounded(double boost) {
        return (float) Math.max(Rule.MIN_FACTOR, Math.min(Rule.MAX_FACTOR, boost));
    }

    private void forEachMatch(Rule rule, IntConsumer taker) {
        if (rule.attribute() == ItemAttribute.ITEM) {
            int item = index.indexOf(rule.value());
            if (item >= 0) {
                taker.accept(item);
            }
            return;
        }
        int feature = index.feature(rule.attribute(), rule.value());
        if (feature >= 0) {
            for (int item = 0; item < index.size(); item++) {
                if (index.hasFeature(item, feature)) {
                    taker.accept(item);
                }
            }
        }
    }
}
