package dev.recsys.cli;

import dev.recsys.cli.page.Axis;
import dev.recsys.cli.page.BarPlot;
import dev.recsys.cli.page.Block;
import dev.recsys.cli.page.DataTable;
import dev.recsys.cli.page.DotPlot;
import dev.recsys.cli.page.Figure;
import dev.recsys.cli.page.LinePlot;
import dev.recsys.cli.page.Note;
import dev.recsys.cli.page.Page;
import dev.recsys.cli.page.Section;
import dev.recsys.cli.page.Unit;
import dev.recsys.eval.Estimate;
import dev.recsys.eval.Experiment;
import dev.recsys.eval.ExperimentResult;
import dev.recsys.eval.ExperimentResult.Comparison;
import dev.recsys.eval.Facet;
import dev.recsys.eval.Fate;
import dev.recsys.eval.GroupRates;
import dev.recsys.eval.JoinCounts;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A report as a page to look at. */
final class ReportPage {
    private static final int MOST = 20; // rows of a plot; tables have all
    private static final Axis CLICKS = new Axis("clicked, of items shown", Unit.PERCENT);
    private static final Axis CONVERSIONS = new Axis("converted, of items shown", Unit.PERCENT);
    private static final Axis EFFECT = new Axis("click-through per user, less the control", Unit.POINTS);

    private final ShownReport report;
    private final Page page;

    private ReportPage(ShownReport report) {
        this.report = report;
        this.page = Page.of("What was shown, and what came of it", ReportText.shown(report));
    }

    static Page of(ShownReport report) {
        ReportPage filled = new ReportPage(report);
        report.warnings().forEach(warning -> filled.page.note(Note.warning(warning)));
        filled.tiles();
        filled.overTime();
        filled.byPosition();
        filled.rows(LoggedFacets.SURFACE, "Surfaces", "");
        filled.rows(
                LoggedFacets.SIGNAL,
                "Signals",
                "An item that several signals put into the list counts for each of them.");
        filled.rows(LoggedFacets.SEGMENT, "Segments", "");
        filled.rows(LoggedFacets.RELEASE, "Releases", "");
        report.experiments().forEach(filled::experiment);
        filled.rows(
                LoggedFacets.DEGRADATION,
                "Degradations",
                "Lists that were less than they could be, by what was amiss. " + ShownReport.EMPTY);
        filled.join();
        return filled.page;
    }

    private void tiles() {
        GroupRates all = report.all();
        page.tile(
                "Lists shown",
                Unit.COUNT.format((double) all.lists()),
                Unit.COUNT.format((double) all.clicks().trials()) + " items");
        tile("Items clicked", all.clickRate(), all.clicks().successes());
        tile("Lists with a click", all.listClickRate(), all.clickedLists());
        tile("Items converted", all.conversionRate(), all.conversions().successes());
        page.tile("Value", String.format(Locale.ROOT, "%,.2f", all.value()), "of joined conversions");
        tile("Empty lists", all.emptyRate(), all.emptyLists());
        page.tile(
                "Latency p99",
                ReportText.millis(all.latencyP99()) + " ms",
                "median " + ReportText.millis(all.latencyP50()) + " ms");
        report.join()
                .joined()
                .ifPresent(rate -> page.tile(
                        "Outcomes joined",
                        Unit.PERCENT.format(rate.value()),
                        String.format(Locale.ROOT, "%,d of %,d", rate.successes(), rate.trials())));
    }

    private void tile(String label, Optional<Estimate> rate, long count) {
        String interval = rate.map(ReportPage::interval).orElse("too few lists");
        page.tile(label, ReportText.rate(rate), interval + " (" + Unit.COUNT.format((double) count) + ")");
    }

    private static String interval(Estimate estimate) {
        return Unit.PERCENT.format(estimate.interval().low()) + " to "
                + Unit.PERCENT.format(estimate.interval().high());
    }

    /**
     * Groups along the bottom of a plot.
     *
     * @param name what they are
     * @param order all places, also those without a group
     * @param groups the groups of some places
     */
    private record Along(String name, List<String> order, List<Map.Entry<Facet, GroupRates>> groups) {
        Block plot(String title, Axis axis, Function<GroupRates, Optional<Estimate>> rate) {
            Map<String, Figure> figures = new TreeMap<>();
            groups.forEach(entry -> rate.apply(entry.getValue())
                    .ifPresent(known -> figures.put(entry.getKey().value(), figure(known, entry.getValue()))));
            return figures.isEmpty()
                    ? tooFew(title)
                    : LinePlot.of(title, name, axis, order).line("", figures);
        }

        List<Figure> counts(ToLongFunction<GroupRates> count) {
            return groups.stream()
                    .map(entry -> Figure.of((double) count.applyAsLong(entry.getValue())))
                    .toList();
        }
    }

    private static Block tooFew(String title) {
        return Note.plain(title + ": no group has " + GroupRates.LEAST_LISTS + " lists, and so none a rate.");
    }

    private static Figure figure(Estimate estimate, GroupRates rates) {
        String note = "n " + Unit.COUNT.format((double) rates.clicks().trials());
        return new Figure(
                estimate.value(), estimate.interval().low(), estimate.interval().high(), note);
    }

    private void overTime() {
        List<Map.Entry<Facet, GroupRates>> groups = report.of(LoggedFacets.DAY);
        LocalDate first = LocalDate.ofInstant(report.span().first(), ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(report.span().last(), ZoneOffset.UTC);
        List<String> order =
                first.datesUntil(last.plusDays(1)).map(LocalDate::toString).toList();
        Along days = new Along("day (UTC)", order, groups);
        page.section("Over time", "By the day on which a list was shown.")
                .add(days.plot("Click rate by day", CLICKS, GroupRates::clickRate))
                .add(days.plot("Conversion rate by day", CONVERSIONS, GroupRates::conversionRate));
    }

    private void byPosition() {
        List<Map.Entry<Facet, GroupRates>> groups =
                report.of(Facet.POSITION).stream().limit(MOST).toList();
        List<String> order =
                groups.stream().map(entry -> entry.getKey().value()).toList();
        Along places = new Along("position", order, groups);
        page.section(
                        "Positions",
                        "Places further down are looked at less, so that rates fall along a list even if all items are as good.")
                .add(places.plot("Click rate by position", CLICKS, GroupRates::clickRate))
                .add(BarPlot.of("Clicked items by position", "position", new Axis("items", Unit.COUNT), order)
                        .bars("clicked", places.counts(rates -> rates.clicks().successes()))
                        .bars(
                                "converted",
                                places.counts(rates -> rates.conversions().successes())));
    }

    private void rows(String dimension, String heading, String introduction) {
        List<Map.Entry<Facet, GroupRates>> groups = report.of(dimension);
        if (groups.isEmpty()) {
            return;
        }
        page.section(heading, introduction)
                .add(dots("Click rate by " + dimension, CLICKS, groups, GroupRates::clickRate))
                .add(dots("Conversion rate by " + dimension, CONVERSIONS, groups, GroupRates::conversionRate))
                .add(table(dimension, groups));
    }

    private Block dots(
            String title,
            Axis axis,
            List<Map.Entry<Facet, GroupRates>> groups,
            Function<GroupRates, Optional<Estimate>> rate) {
        if (groups.stream().noneMatch(entry -> rate.apply(entry.getValue()).isPresent())) {
            return tooFew(title);
        }
        DotPlot plot = DotPlot.of(title, axis);
        rate.apply(report.all()).ifPresent(all -> plot.reference(all.value()));
        groups.stream()
                .filter(entry -> rate.apply(entry.getValue()).isPresent())
                .limit(MOST)
                .forEach(entry -> plot.row(
                        entry.getKey().value(),
                        figure(rate.apply(entry.getValue()).orElseThrow(), entry.getValue())));
        return plot;
    }

    private static DataTable table(String dimension, List<Map.Entry<Facet, GroupRates>> groups) {
        DataTable table = DataTable.of(
                dimension,
                "lists",
                "empty",
                "items",
                "clicked",
                "lists clicked",
                "converted",
                "value",
                "p50 ms",
                "p99 ms");
        groups.forEach(entry -> row(table, entry.getKey().value(), entry.getValue()));
        return table;
    }

    private static void row(DataTable table, String name, GroupRates rates) {
        table.row(
                name,
                Unit.COUNT.format((double) rates.lists()),
                ReportText.rate(rates.emptyRate()),
                Unit.COUNT.format((double) rates.clicks().trials()),
                ReportText.rate(rates.clickRate()),
                ReportText.rate(rates.listClickRate()),
                ReportText.rate(rates.conversionRate()),
                String.format(Locale.ROOT, "%,.2f", rates.value()),
                ReportText.millis(rates.latencyP50()),
                ReportText.millis(rates.latencyP99()));
    }

    private void experiment(ExperimentResult experiment) {
        Section section = page.section(
                "Experiment " + ShownReport.name(experiment),
                experiment.sampleRatio().map(ReportText::sampleRatio).orElseGet(() -> untested(experiment)));
        DotPlot plot =
                DotPlot.of("Effect on the click-through of a user", EFFECT).reference(0);
        for (Comparison comparison : experiment.comparisons()) {
            String verdict = comparison.variant() + ": " + ReportText.verdict(comparison);
            boolean isRefused = !comparison.verdict().refusals().isEmpty();
            section.add(isRefused ? Note.warning(verdict) : Note.plain(verdict));
            comparison.figures().ifPresent(figures -> effects(plot, comparison.variant(), figures));
            if (ReportText.knowsNothingFromBefore(comparison)) {
                section.add(Note.plain(ShownReport.NOTHING_BEFORE));
            }
        }
        if (experiment.comparisons().stream()
                .anyMatch(comparison -> comparison.figures().isPresent())) {
            section.add(plot);
        }
        List<String> variants = List.copyOf(experiment.users().keySet());
        section.add(BarPlot.of("Users by variant", "variant", new Axis("users", Unit.COUNT), variants)
                .bars(
                        "users",
                        variants.stream()
                                .map(name ->
                                        Figure.of((double) experiment.users().getOrDefault(name, 0L)))
                                .toList()));
        String prefix = LoggedFacets.variant(experiment.tenant(), experiment.surface(), experiment.name());
        section.add(table(
                "variant",
                report.of(LoggedFacets.VARIANT).stream()
                        .filter(entry -> entry.getKey().value().startsWith(prefix))
                        .toList()));
    }

    private static String untested(ExperimentResult experiment) {
        return experiment.users().size() < 2 ? "One variant alone." : "No variant has a user that counts.";
    }

    private static void effects(DotPlot plot, String variant, Experiment figures) {
        plot.row(variant, effect(figures.effect()))
                .row("with CUPED", effect(figures.cuped().effect()));
    }

    private static Figure effect(Estimate estimate) {
        return new Figure(
                estimate.value(), estimate.interval().low(), estimate.interval().high(), "");
    }

    private void join() {
        JoinCounts join = report.join();
        List<String> types = List.copyOf(join.outcomes().keySet());
        List<String> head = new ArrayList<>(List.of("outcomes"));
        head.addAll(types);
        DataTable table = DataTable.of(head.toArray(String[]::new));
        for (Fate fate : Fate.values()) {
            List<String> cells = new ArrayList<>(List.of(ReportText.name(fate)));
            join.outcomes()
                    .values()
                    .forEach(fates -> cells.add(Unit.COUNT.format((double) fates.getOrDefault(fate, 0L))));
            table.row(cells.toArray(String[]::new));
        }
        Section section = page.section(
                "What could be joined",
                String.format(
                        Locale.ROOT,
                        "Left out as repeated: %,d lists and %,d outcomes.",
                        join.repeatedLists(),
                        join.repeatedOutcomes()));
        report.limits().forEach(limit -> section.add(Note.plain(limit)));
        section.add(fates(join)).add(table);
    }

    private static Block fates(JoinCounts join) {
        if (join.joined().isEmpty()) {
            return Note.plain("No outcomes to join.");
        }
        DotPlot plot = DotPlot.of("Outcomes by what became of them", new Axis("share of outcomes", Unit.PERCENT));
        long all = join.joined().get().trials();
        for (Fate fate : Fate.values()) {
            plot.row(ReportText.name(fate), share(join.count(fate), all));
        }
        return plot.reference(0);
    }

    private static Figure share(long count, long all) {
        double share = (double) count / all;
        return new Figure(share, share, share, Unit.COUNT.format((double) count) + " outcomes");
    }
}
