package dev.recsys.controls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.Rule;
import dev.recsys.control.Rule.Action;
import java.util.Optional;

/** One rule as a JSON object. Each value is tried in a rule of its own first, so that a refusal names its key. */
final class RuleFields {
    private static final Rule SOUND = Rule.block("any", ItemAttribute.ITEM, "any");

    private final Fields fields;

    private RuleFields(Fields fields) {
        this.fields = fields;
    }

    /** Returns the rule, or adds problems. */
    static Optional<Rule> read(Fields fields) {
        return new RuleFields(fields).read();
    }

    static void put(ObjectNode json, Rule rule) {
        json.put("id", rule.id());
        json.put("action", Fields.publicName(rule.action()));
        json.put("attribute", rule.attribute().publicName());
        json.put("value", rule.value());
        if (rule.action() == Action.PIN) {
            json.put("position", rule.position());
        }
        if (rule.action() == Action.BOOST) {
            json.put("factor", rule.factor());
        }
        if (rule.priority() != 0) {
            json.put("priority", rule.priority());
        }
        rule.segment().ifPresent(segment -> json.put("segment", segment));
        rule.from().ifPresent(from -> json.put("from", from.toString()));
        rule.until().ifPresent(until -> json.put("until", until.toString()));
        if (!rule.reason().isEmpty()) {
            json.put("reason", rule.reason());
        }
    }

    private Optional<Rule> read() {
        fields.allow(
                "id",
                "action",
                "attribute",
                "value",
                "position",
                "factor",
                "priority",
                "segment",
                "from",
                "until",
                "reason");
        int before = fields.problems().count();
        Optional<String> id = fields.required("id", fields.text("id"));
        fields.check("id", id, given -> Rule.block(given, ItemAttribute.ITEM, "any"));
        Optional<Action> action = fields.required("action", fields.constant("action", Action.class));
        Optional<ItemAttribute> attribute =
                fields.required("attribute", fields.constant("attribute", ItemAttribute.class));
        Optional<String> value = fields.required("value", fields.text("value"));
        fields.check("value", value, given -> Rule.block("any", ItemAttribute.ITEM, given));
        int position = position(action);
        double factor = factor(action);
        Rule rest = rest();
        if (fields.problems().count() > before) {
            return Optional.empty();
        }
        return Optional.of(new Rule(
                id.orElseThrow(),
                action.orElseThrow(),
                attribute.orElseThrow(),
                value.orElseThrow(),
                position,
                factor,
                rest.priority(),
                rest.segment(),
                rest.from(),
                rest.until(),
                rest.reason()));
    }

    private int position(Optional<Action> action) {
        Optional<Integer> position = fields.whole("position");
        boolean isPin = action.filter(Action.PIN::equals).isPresent();
        if (isPin) {
            fields.required("position", position);
            fields.check("position", position, given -> Rule.pin("any", "any", given));
        } else if (position.isPresent() && action.isPresent()) {
            fields.problem("position", "is " + position.get() + "; expected none, for only a pin has one. Remove it");
        }
        return position.orElse(0);
    }

    private double factor(Optional<Action> action) {
        Optional<Double> factor = fields.number("factor");
        boolean isBoost = action.filter(Action.BOOST::equals).isPresent();
        if (isBoost) {
            fields.required("factor", factor);
            fields.check("factor", factor, given -> Rule.boost("any", ItemAttribute.ITEM, "any", given));
        } else if (factor.isPresent() && action.isPresent()) {
            fields.problem("factor", "is " + factor.get() + "; expected none, for only a boost has one. Remove it");
        }
        return factor.orElse(1.0);
    }

    /** Returns a rule with what any rule may have. */
    private Rule rest() {
        Rule rule = fields.with("priority", SOUND, fields.whole("priority"), Rule::withPriority);
        rule = fields.with("segment", rule, fields.text("segment"), Rule::withSegment);
        rule = fields.with("from", rule, fields.instant("from"), Rule::withFrom);
        rule = fields.with("until", rule, fields.instant("until"), Rule::withUntil);
        return fields.with("reason", rule, fields.text("reason"), Rule::withReason);
    }
}
