package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Scope;
import dev.recsys.pipelines.EvaluationReport;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "evaluate", description = "Trains on the events before a split and measures on the sessions after it.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class EvaluateCommand extends Action {
    private static final String BASKET = "basket";

    @Mixin
    private EventOptions events;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "basket: of each later session of two items or more, each item is hidden in turn, the rest is the"
                            + " query, and all items are ranked.")
    private String protocol = BASKET;

    @Option(names = "--split", required = true, paramLabel = "INSTANT", description = "As 2026-01-31T00:00:00Z.")
    private Instant split;

    @Override
    Answer run() throws IOException {
        if (!protocol.equals(BASKET)) {
            throw new IllegalArgumentException("--protocol is '" + protocol + "'; expected basket");
        }
        EvaluationReport report = events.build(new Scope("evaluate", "evaluate"), ProgressBar.on(terminal()))
                .everyScope()
                .evaluateBaskets(split);
        if (report.trainEvents() == 0 || report.metrics().cases() == 0) {
            throw new IllegalArgumentException("there is nothing to measure with --split " + split + ": "
                    + report.trainEvents() + " events before it, "
                    + report.metrics().cases()
                    + " items to hide in sessions after it. Choose a split within the events' times.");
        }
        SortedMap<String, Double> metrics = metrics(report);
        ObjectNode json = Json.object()
                .put("protocol", BASKET)
                .put("split", split.toString())
                .put("train_events", report.trainEvents())
                .put("sessions", report.metrics().sessions())
                .put("cases", report.metrics().cases());
        ObjectNode values = json.putObject("metrics");
        metrics.forEach(values::put);
        TextTable table = new TextTable("METRIC", "VALUE");
        metrics.forEach((name, value) -> table.row(name, String.format(Locale.ROOT, "%.4f", value)));
        return Answer.done(
                json,
                String.format(
                        "Trained on %d events before %s, tested on %d hidden items of %d sessions.%n%s",
                        report.trainEvents(),
                        split,
                        report.metrics().cases(),
                        report.metrics().sessions(),
                        table));
    }

    private static SortedMap<String, Double> metrics(EvaluationReport report) {
        return new TreeMap<>(Map.of(
                "hit_rate@10", report.metrics().hitRateAt10(),
                "recall@20", report.metrics().recallAt20(),
                "ndcg@10", report.metrics().ndcgAt10()));
    }
}
