package dev.recsys.controls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.RuleSet.Contradiction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules as JSON, described by {@code docs/schema/rules-v1.schema.json}: what is written is read back as it was. They are
 * written in the order of their ids, and without what holds anyway: no position but a pin's, no factor but a boost's.
 */
public final class RuleSetDocument {
    /** The longest document, in characters. */
    public static final int MAX_CHARS = 1 << 25;

    private static final String WHAT = "the rule set";

    private RuleSetDocument() {}

    /**
     * Reads rules.
     *
     * @throws InvalidDocumentException if it is no JSON object, has an unknown key or one given twice, a value is of another
     *     type or out of its range, an id is there twice, or rules contradict each other; it names all that is wrong, but
     *     looks for contradictions only once each rule by itself is sound
     */
    public static RuleSet read(String json) {
        Problems problems = new Problems(WHAT);
        Fields fields = new Fields("", JsonText.parse(json, MAX_CHARS, problems), problems);
        fields.allow("rules");
        List<Fields> elements = fields.required("rules", fields.objects("rules", RuleSet.MAX_RULES))
                .orElse(List.of());
        List<Rule> rules = elements.stream()
                .map(RuleFields::read)
                .flatMap(Optional::stream)
                .toList();
        problems.throwIfAny(); // else there is one rule for each element
        addContradictions(rules, problems);
        problems.throwIfAny();
        return new RuleSet(rules);
    }

    /** As {@link #read(String)}, from UTF-8. */
    public static RuleSet read(byte[] utf8) {
        return read(JsonText.decode(utf8, new Problems(WHAT)));
    }

    /** Returns the canonical JSON of rules, which is the same for equal ones. */
    public static String write(RuleSet rules) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("rules");
        rules.rules().forEach(rule -> RuleFields.put(array.addObject(), rule));
        return CanonicalJson.of(json);
    }

    /** Returns the version of rules: {@code sha256-} and the digest of their canonical JSON. */
    public static String etag(RuleSet rules) {
        return CanonicalJson.version(write(rules));
    }

    private static void addContradictions(List<Rule> rules, Problems problems) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            Integer first = places.putIfAbsent(rules.get(i).id(), i);
            if (first != null) {
                problems.add(
                        place(i) + ".id",
                        "is '" + rules.get(i).id() + "', as that of " + place(first)
                                + "; expected another, rename one");
            }
        }
        if (problems.count() > 0) {
            return;
        }
        for (Contradiction found : RuleSet.contradictions(rules, InvalidDocumentException.MOST)) {
            int one = places.getOrDefault(found.one().id(), 0);
            int other = places.getOrDefault(found.other().id(), 0);
            problems.add(place(Math.max(one, other)), "against " + place(Math.min(one, other)) + ", " + found);
        }
    }

    private static String place(int index) {
        return "rules[" + index + "]";
    }
}
