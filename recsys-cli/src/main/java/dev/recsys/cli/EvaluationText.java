package dev.recsys.cli;

import dev.recsys.pipelines.EvaluationReport;
import dev.recsys.pipelines.evaluate.Figures;
import dev.recsys.pipelines.evaluate.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation for people. */
final class EvaluationText {
    /** What a comparison shows; the rest is in the JSON. */
    private static final List<String> COMPARED =
            List.of("recall", "ndcg", "hit_rate", "map", "mrr", "coverage", "novelty");

    private EvaluationText() {}

    static String of(EvaluationReport report) {
        Figures figures = report.figures();
        StringBuilder text = new StringBuilder(String.format(
                "Trained on %d events of %d users%s. Tested on %d cases of %d %s: %d targets, %d of them unknown to"
                        + " training, among %d items.%n%s: %s.%n",
                report.trainEvents(),
                report.trainUsers(),
                report.split().map(split -> " before " + split).orElse(""),
                figures.questions(),
                figures.groups(),
                report.protocol().groupName(),
                figures.targets(),
                figures.unknownTargets(),
                figures.items(),
                report.protocol().publicName(),
                report.protocol().definition()));
        report.choices()
                .forEach(choice -> text.append(String.format("Chosen: %s: %s.%n", choice.what(), choice.why())));
        text.append(String.format(
                "Measured: %s (%s)%n",
                report.rows().get(0).name(), report.rows().get(0).settings()));
        return text.append(report.rows().size() == 1 ? figures(figures) : comparison(report))
                .toString();
    }

    private static TextTable figures(Figures figures) {
        TextTable table = new TextTable("METRIC", "VALUE", "DEFINITION");
        figures.values()
                .forEach((name, value) -> table.row(
                        name,
                        number(value),
                        Metric.ofFigure(name).map(Metric::definition).orElse("")));
        return table;
    }

    private static TextTable comparison(EvaluationReport report) {
        List<String> shown = report.figures().values().keySet().stream()
                .filter(name -> COMPARED.contains(name.replaceFirst("@.*", "")))
                .toList();
        List<String> head = new ArrayList<>(List.of("SIGNAL"));
        shown.forEach(name -> head.add(name.toUpperCase(Locale.ROOT)));
        TextTable table = new TextTable(head.toArray(String[]::new));
        for (EvaluationReport.Row row : report.rows()) {
            List<Object> cells = new ArrayList<>(List.of(row.name()));
            shown.forEach(name -> cells.add(number(row.figures().value(name))));
            table.row(cells.toArray());
        }
        return table;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
