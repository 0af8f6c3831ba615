package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.pipelines.Choice;
import dev.recsys.pipelines.EvaluationReport;
import dev.recsys.pipelines.evaluate.Figures;
import dev.recsys.pipelines.evaluate.Metric;
import java.util.List;

/** The JSON of an evaluation. */
final class EvaluationJson {
    private EvaluationJson() {}

    static ObjectNode of(EvaluationReport report) {
        Figures figures = report.figures();
        ObjectNode json = Json.object()
                .put("protocol", report.protocol().publicName())
                .put("protocol_definition", report.protocol().definition());
        report.split().ifPresent(split -> json.put("split", split.toString()));
        json.put("train_events", report.trainEvents())
                .put("train_users", report.trainUsers())
                .put(report.protocol().groupName(), figures.groups())
                .put("cases", figures.questions())
                .put("targets", figures.targets())
                .put("unknown_targets", figures.unknownTargets())
                .put("items", figures.items())
                .put("name", report.rows().get(0).name())
                .put("settings", report.rows().get(0).settings());
        put(json.putObject("metrics"), figures);
        ObjectNode definitions = json.putObject("definitions");
        figures.values()
                .keySet()
                .forEach(name -> Metric.ofFigure(name)
                        .ifPresent(metric -> definitions.put(metric.publicName(), metric.definition())));
        ArrayNode compared = json.putArray("compared");
        report.rows().stream().skip(1).forEach(row -> {
            ObjectNode node = compared.addObject().put("name", row.name()).put("settings", row.settings());
            put(node.putObject("metrics"), row.figures());
        });
        putChoices(json, report.choices());
        return json;
    }

    static void putChoices(ObjectNode json, List<Choice> choices) {
        ArrayNode array = json.putArray("choices");
        for (Choice choice : choices) {
            ObjectNode node = array.addObject()
                    .put("what", choice.what())
                    .put("chosen", choice.chosen())
                    .put("by", choice.figure())
                    .put("why", choice.why());
            ArrayNode trials = node.putArray("trials");
            choice.trials()
                    .forEach(trial ->
                            trials.addObject().put("name", trial.name()).put("figure", trial.figure()));
        }
    }

    private static void put(ObjectNode json, Figures figures) {
        figures.values().forEach(json::put);
    }
}
