package dev.recsys.cli;

import dev.recsys.cli.page.Unit;
import dev.recsys.eval.Estimate;
import dev.recsys.eval.Experiment;
import dev.recsys.eval.ExperimentResult;
import dev.recsys.eval.ExperimentResult.Comparison;
import dev.recsys.eval.Facet;
import dev.recsys.eval.Fate;
import dev.recsys.eval.GroupRates;
import dev.recsys.eval.JoinCounts;
import dev.recsys.eval.SampleRatio;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A report for people, at a terminal. */
final class ReportText {
    private static final String END = System.lineSeparator();
    private static final double NANOS_PER_MS = 1e6;

    private final ShownReport report;
    private final StringBuilder text = new StringBuilder();

    private ReportText(ShownReport report) {
        this.report = report;
    }

    static String of(ShownReport report) {
        ReportText text = new ReportText(report);
        text.head();
        text.join();
        ShownReport.DIMENSIONS.forEach(text::groups);
        report.experiments().forEach(text::experiment);
        return text.text.toString();
    }

    /** Returns what was shown in one sentence. */
    static String shown(ShownReport report) {
        GroupRates all = report.all();
        return String.format(
                Locale.ROOT,
                "%,d lists with %,d items, %s to %s; outcomes count within %s.",
                all.lists(),
                all.clicks().trials(),
                report.span().first().truncatedTo(ChronoUnit.SECONDS),
                report.span().last().truncatedTo(ChronoUnit.SECONDS),
                ShownReport.time(report.window()));
    }

    private void head() {
        line(shown(report));
        line("Rates per item shown have intervals of 95 % that are clustered by list, per list Wilson's. Of fewer than "
                + GroupRates.LEAST_LISTS + " lists there is no rate.");
        line(ShownReport.EMPTY);
        report.warnings().forEach(warning -> line("Warning: " + warning));
        report.limits().forEach(limit -> line("Note: " + limit));
        for (LoggedFiles files : List.of(report.exposures(), report.outcomes())) {
            text.append(files.problems());
        }
    }

    private void join() {
        JoinCounts join = report.join();
        line("");
        line(join.joined()
                .map(rate -> String.format(
                        Locale.ROOT,
                        "Joined %,d of %,d outcomes: %s.",
                        rate.successes(),
                        rate.trials(),
                        figure(rate.estimate())))
                .orElse("No outcomes to join."));
        line(String.format(
                Locale.ROOT,
                "Left out as repeated: %,d lists, %,d outcomes.",
                join.repeatedLists(),
                join.repeatedOutcomes()));
        List<String> head = new ArrayList<>(List.of("OUTCOMES"));
        join.outcomes().keySet().forEach(head::add);
        TextTable table = new TextTable(head.toArray(String[]::new));
        for (Fate fate : Fate.values()) {
            List<Object> cells = new ArrayList<>(List.of(name(fate)));
            join.outcomes().values().forEach(fates -> cells.add(fates.getOrDefault(fate, 0L)));
            table.row(cells.toArray());
        }
        text.append(table);
    }

    private void groups(String dimension) {
        List<Map.Entry<Facet, GroupRates>> groups = report.of(dimension);
        if (groups.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(
                dimension.toUpperCase(Locale.ROOT),
                "LISTS",
                "EMPTY",
                "ITEMS",
                "CLICKED",
                "LOW",
                "HIGH",
                "LISTS CLICKED",
                "CONVERTED",
                "LOW",
                "HIGH",
                "VALUE",
                "P50 MS",
                "P99 MS");
        groups.forEach(entry -> row(table, entry.getKey().value(), entry.getValue()));
        row(table, "(all)", report.all());
        line("");
        text.append(table);
    }

    private static void row(TextTable table, String name, GroupRates rates) {
        table.row(
                name,
                rates.lists(),
                rate(rates.emptyRate()),
                rates.clicks().trials(),
                rate(rates.clickRate()),
                low(rates.clickRate()),
                high(rates.clickRate()),
                rate(rates.listClickRate()),
                rate(rates.conversionRate()),
                low(rates.conversionRate()),
                high(rates.conversionRate()),
                String.format(Locale.ROOT, "%.2f", rates.value()),
                millis(rates.latencyP50()),
                millis(rates.latencyP99()));
    }

    private void experiment(ExperimentResult experiment) {
        line("");
        line("Experiment " + ShownReport.name(experiment) + ": users by variant " + experiment.users() + "; control is "
                + experiment.control() + ".");
        experiment.sampleRatio().ifPresent(ratio -> line(sampleRatio(ratio)));
        for (Comparison comparison : experiment.comparisons()) {
            comparison.figures().ifPresent(figures -> text.append(effects(figures)));
            if (knowsNothingFromBefore(comparison)) {
                line(ShownReport.NOTHING_BEFORE);
            }
            line(comparison.variant() + ": " + verdict(comparison));
        }
    }

    static boolean knowsNothingFromBefore(Comparison comparison) {
        return comparison
                .figures()
                .filter(figures -> figures.cuped().theta() == 0)
                .isPresent();
    }

    static String sampleRatio(SampleRatio ratio) {
        return String.format(
                Locale.ROOT,
                "Sample ratio: p = %.3g, %s.",
                ratio.pValue(),
                ratio.isMismatch() ? "a mismatch" : "as planned");
    }

    private static TextTable effects(Experiment figures) {
        TextTable table = new TextTable("CLICK-THROUGH PER USER", "LESS CONTROL", "LOW", "HIGH");
        effect(table, "Welch", figures.effect());
        effect(table, "CUPED", figures.cuped().effect());
        return table;
    }

    private static void effect(TextTable table, String name, Estimate effect) {
        table.row(
                name,
                Unit.POINTS.format(effect.value()),
                Unit.POINTS.format(effect.interval().low()),
                Unit.POINTS.format(effect.interval().high()));
    }

    /** Returns what may be said of a variant. */
    static String verdict(Comparison comparison) {
        return switch (comparison.verdict().outcome()) {
            case HIGHER -> "higher than the control.";
            case LOWER -> "lower than the control.";
            case UNDECIDED -> "undecided: the interval holds 0.";
            case REFUSED ->
                "no verdict: " + comparison.verdict().refusals().get(0).detail() + ".";
        };
    }

    /** Returns a fate for people. */
    static String name(Fate fate) {
        return switch (fate) {
            case BY_REQUEST -> "joined by request id";
            case BY_USER -> "joined by user and item";
            case NO_SUCH_REQUEST -> "no such request";
            case ITEM_NOT_IN_LIST -> "item not in list";
            case OUTSIDE_WINDOW -> "outside of the window";
            case NO_USER -> "no list of the user";
        };
    }

    private void line(String line) {
        text.append(line).append(END);
    }

    static String figure(Estimate estimate) {
        return Unit.PERCENT.format(estimate.value()) + " ("
                + Unit.PERCENT.format(estimate.interval().low()) + " to "
                + Unit.PERCENT.format(estimate.interval().high()) + ")";
    }

    static String rate(Optional<Estimate> estimate) {
        return estimate.map(known -> Unit.PERCENT.format(known.value())).orElse("-");
    }

    private static String low(Optional<Estimate> estimate) {
        return rate(estimate.map(known -> new Estimate(known.interval().low(), known.interval())));
    }

    private static String high(Optional<Estimate> estimate) {
        return rate(estimate.map(known -> new Estimate(known.interval().high(), known.interval())));
    }

    static String millis(OptionalLong nanos) {
        return nanos.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", nanos.getAsLong() / NANOS_PER_MS);
    }
}
