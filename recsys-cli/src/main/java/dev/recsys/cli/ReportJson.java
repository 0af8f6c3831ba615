package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.eval.Estimate;
import dev.recsys.eval.ExperimentResult;
import dev.recsys.eval.ExperimentResult.Comparison;
import dev.recsys.eval.GroupRates;
import dev.recsys.eval.JoinCounts;
import dev.recsys.eval.Rate;
import java.util.Locale;
import java.util.Optional;

/** The JSON of a report. */
final class ReportJson {
    private ReportJson() {}

    static ObjectNode of(ShownReport report) {
        ObjectNode json = Json.object()
                .put("first", report.span().first().toString())
                .put("last", report.span().last().toString())
                .put("window_seconds", report.window().toSeconds())
                .put("open_lists", report.openLists());
        files(json.putObject("exposures"), report.exposures());
        files(json.putObject("outcomes"), report.outcomes());
        join(json.putObject("join"), report.join());
        ArrayNode warnings = json.putArray("warnings");
        report.warnings().forEach(warnings::add);
        ArrayNode groups = json.putArray("groups");
        report.groups()
                .forEach((facet, rates) -> group(
                        groups.addObject().put("dimension", facet.dimension()).put("value", facet.value()), rates));
        ArrayNode experiments = json.putArray("experiments");
        report.experiments().forEach(experiment -> experiment(experiments.addObject(), experiment));
        return json;
    }

    private static void files(ObjectNode json, LoggedFiles files) {
        json.put("files", files.files())
                .put("lines", files.lines())
                .put("malformed", files.malformed())
                .put("torn", files.torn());
        examples(json.putArray("examples"), files);
    }

    static void examples(ArrayNode examples, LoggedFiles files) {
        files.examples()
                .forEach(bad -> examples.addObject()
                        .put("file", bad.file().toString())
                        .put("line", bad.line())
                        .put("problem", bad.problem()));
    }

    private static void join(ObjectNode json, JoinCounts join) {
        json.put("lists", join.lists())
                .put("repeated_lists", join.repeatedLists())
                .put("repeated_outcomes", join.repeatedOutcomes())
                .put("name_a_list", join.named())
                .put("rates_are_lower_bounds", join.isBelowFloor());
        put(json, "joined", join.joined().map(Rate::estimate));
        put(json, "found", join.found().map(Rate::estimate));
        ObjectNode types = json.putObject("types");
        join.outcomes().forEach((type, fates) -> {
            ObjectNode counts = types.putObject(type);
            fates.forEach((fate, count) -> counts.put(word(fate), count));
        });
    }

    private static void group(ObjectNode json, GroupRates rates) {
        json.put("lists", rates.lists())
                .put("empty_lists", rates.emptyLists())
                .put("items", rates.clicks().trials())
                .put("clicked_items", rates.clicks().successes())
                .put("converted_items", rates.conversions().successes())
                .put("clicked_lists", rates.clickedLists())
                .put("converted_lists", rates.convertedLists())
                .put("value_sum", rates.value());
        rates.latencyP50().ifPresent(nanos -> json.put("latency_p50_nanos", nanos));
        rates.latencyP99().ifPresent(nanos -> json.put("latency_p99_nanos", nanos));
        put(json, "click_rate", rates.clickRate());
        put(json, "conversion_rate", rates.conversionRate());
        put(json, "list_click_rate", rates.listClickRate());
        put(json, "list_conversion_rate", rates.listConversionRate());
        put(json, "empty_rate", rates.emptyRate());
    }

    private static void experiment(ObjectNode json, ExperimentResult experiment) {
        json.put("tenant", experiment.tenant())
                .put("surface", experiment.surface())
                .put("name", experiment.name())
                .put("control", experiment.control())
                .put("mixed_users", experiment.mixedUsers())
                .put("lists_without_user", experiment.listsWithoutUser());
        ObjectNode users = json.putObject("users");
        experiment.users().forEach(users::put);
        experiment
                .sampleRatio()
                .ifPresent(ratio -> json.putObject("sample_ratio")
                        .put("chi_square", ratio.chiSquare())
                        .put("p", ratio.pValue())
                        .put("is_mismatch", ratio.isMismatch()));
        ArrayNode variants = json.putArray("comparisons");
        for (Comparison comparison : experiment.comparisons()) {
            ObjectNode node = variants.addObject().put("variant", comparison.variant());
            comparison.figures().ifPresent(figures -> {
                put(node, "effect", Optional.of(figures.effect()));
                put(node, "cuped", Optional.of(figures.cuped().effect()));
                node.put("cuped_variance_reduction", figures.cuped().varianceReduction());
            });
            node.put("verdict", word(comparison.verdict().outcome()));
            ArrayNode refusals = node.putArray("refusals");
            comparison
                    .verdict()
                    .refusals()
                    .forEach(refusal -> refusals.addObject()
                            .put("reason", word(refusal.reason()))
                            .put("detail", refusal.detail()));
        }
    }

    private static void put(ObjectNode json, String name, Optional<Estimate> estimate) {
        estimate.ifPresent(known -> json.putObject(name)
                .put("value", known.value())
                .put("low", known.interval().low())
                .put("high", known.interval().high()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
