package dev.recsys.controls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.control.Experiment;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** An experiment as a JSON object. Each value is tried in a sound experiment first, so that a refusal names its key. */
final class ExperimentFields {
    private static final Experiment SOUND = Experiment.of("any", List.of(Variant.of("one"), Variant.of("two")));

    private ExperimentFields() {}

    static void put(ObjectNode json, Experiment experiment, RankingConfig surface) {
        json.put("name", experiment.name());
        json.put("salt", experiment.salt());
        experiment.unitKey().ifPresent(key -> json.put("unit_key", key));
        json.put("share", experiment.share());
        experiment.from().ifPresent(from -> json.put("from", from.toString()));
        experiment.until().ifPresent(until -> json.put("until", until.toString()));
        ArrayNode variants = json.putArray("variants");
        experiment.variants().forEach(variant -> put(variants.addObject(), variant, surface));
    }

    private static void put(ObjectNode json, Variant variant, RankingConfig surface) {
        json.put("name", variant.name());
        json.put("weight", variant.weight());
        variant.config().ifPresent(own -> RankingConfigDocument.putChanges(json.putObject("config"), own, surface));
        if (!variant.withoutRules().isEmpty()) {
            variant.withoutRules().forEach(json.putArray("without_rules")::add);
        }
        if (!variant.rules().isEmpty()) {
            ArrayNode rules = json.putArray("rules");
            variant.rules().forEach(rule -> RuleFields.put(rules.addObject(), rule));
        }
        variant.release().ifPresent(release -> json.put("release", release));
    }

    /** Returns the experiment of a surface with this configuration, or adds problems. */
    static Optional<Experiment> read(Fields fields, RankingConfig surface) {
        fields.allow("name", "salt", "unit_key", "share", "from", "until", "variants");
        int before = fields.problems().count();
        Optional<String> name = fields.required("name", fields.text("name"));
        fields.check("name", name, given -> Experiment.of(given, SOUND.variants()));
        Experiment experiment = fields.with("salt", SOUND, fields.text("salt"), Experiment::withSalt);
        experiment = fields.with("unit_key", experiment, fields.text("unit_key"), Experiment::withUnitKey);
        experiment = fields.with("share", experiment, fields.number("share"), Experiment::withShare);
        experiment = fields.with("from", experiment, fields.instant("from"), Experiment::withFrom);
        experiment = fields.with("until", experiment, fields.instant("until"), Experiment::withUntil);
        List<Variant> variants = variants(fields, surface);
        if (fields.problems().count() > before) {
            return Optional.empty();
        }
        return Optional.of(new Experiment(
                name.orElseThrow(),
                fields.text("salt").orElseGet(name::orElseThrow),
                experiment.unitKey(),
                experiment.share(),
                experiment.from(),
                experiment.until(),
                variants));
    }

    private static List<Variant> variants(Fields fields, RankingConfig surface) {
        int before = fields.problems().count();
        List<Fields> elements = fields.required("variants", fields.objects("variants", Experiment.MAX_VARIANTS))
                .orElse(List.of());
        List<Variant> variants = elements.stream()
                .map(element -> variant(element, surface))
                .flatMap(Optional::stream)
                .toList();
        if (fields.problems().count() == before) {
            fields.check("variants", Optional.of(variants), given -> Experiment.of("any", given));
        }
        return variants;
    }

    private static Optional<Variant> variant(Fields fields, RankingConfig surface) {
        fields.allow("name", "weight", "config", "without_rules", "rules", "release");
        int before = fields.problems().count();
        Optional<String> name = fields.required("name", fields.text("name"));
        fields.check("name", name, Variant::of);
        Variant variant = fields.with("weight", Variant.of("any"), fields.number("weight"), Variant::withWeight);
        variant = fields.with("release", variant, fields.longNumber("release"), Variant::withRelease);
        Optional<RankingConfig> config =
                fields.object("config").map(own -> RankingConfigDocument.readChanges(own, surface));
        TreeSet<String> withoutRules =
                new TreeSet<>(fields.texts("without_rules").orElse(List.of()));
        List<Rule> rules = rules(fields);
        if (fields.problems().count() > before) {
            return Optional.empty();
        }
        return Optional.of(
                new Variant(name.orElseThrow(), variant.weight(), config, withoutRules, rules, variant.release()));
    }

    private static List<Rule> rules(Fields fields) {
        int before = fields.problems().count();
        List<Fields> elements = fields.objects("rules", RuleSet.MAX_RULES).orElse(List.of());
        List<Rule> rules = new ArrayList<>();
        elements.forEach(element -> RuleFields.read(element).ifPresent(rules::add));
        if (fields.problems().count() == before) {
            fields.check("rules", Optional.of(rules), RuleSet::new);
        }
        return rules;
    }
}
