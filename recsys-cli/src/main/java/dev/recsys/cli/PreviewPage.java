package dev.recsys.cli;

import dev.recsys.cli.page.Axis;
import dev.recsys.cli.page.BarPlot;
import dev.recsys.cli.page.DataTable;
import dev.recsys.cli.page.DotPlot;
import dev.recsys.cli.page.Figure;
import dev.recsys.cli.page.Note;
import dev.recsys.cli.page.Page;
import dev.recsys.cli.page.Section;
import dev.recsys.cli.page.Unit;
import dev.recsys.preview.HitRates;
import dev.recsys.preview.PreviewChange;
import dev.recsys.preview.PreviewReport;
import dev.recsys.preview.PreviewReport.Lists;
import dev.recsys.publish.PreviewVerdict;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A preview as a page. */
final class PreviewPage {
    private static final int PLOTTED = 10;

    private final PreviewReport report;
    private final Page page;

    private PreviewPage(PreviewReport report) {
        this.report = report;
        this.page = Page.of(
                "Preview of a build",
                PreviewText.title(report) + ", " + report.subject().at().truncatedTo(ChronoUnit.SECONDS)
                        + ", by the last " + PreviewText.format("%,d", report.requests()) + " requests of the log");
    }

    static String of(Previewed previewed, PreviewVerdict verdict) {
        PreviewPage made = new PreviewPage(previewed.report());
        made.verdict(verdict);
        made.tiles();
        made.sides();
        made.report.change().ifPresent(made::changes);
        made.report.hits().ifPresent(made::hits);
        made.origin(previewed);
        return made.page.html();
    }

    private void verdict(PreviewVerdict verdict) {
        if (verdict.objections().isEmpty()) {
            page.note(Note.plain("The gate has no objection."));
        } else {
            page.note(Note.warning("A ship would be refused: " + String.join("; ", verdict.objections()) + "."));
        }
        if (report.modelled() > 0) {
            page.note(Note.plain(PreviewText.format(
                    "%,d lists were scored by the host's model then; both sides are without it.", report.modelled())));
        }
    }

    private void tiles() {
        Lists after = report.candidate();
        if (report.current().isEmpty() || report.change().isEmpty()) {
            page.tile("Empty rate", PreviewText.percent(after.emptyRate()), "nothing is current yet");
            page.tile("Different items", count(after.coverage()), "in " + count(after.shown()) + " places");
            return;
        }
        Lists before = report.current().get();
        PreviewChange change = report.change().get();
        page.tile(
                "Empty rate",
                PreviewText.percent(after.emptyRate()),
                PreviewText.percent(before.emptyRate()) + " now; " + count(change.becameEmpty()) + " become empty");
        page.tile(
                "Mean overlap",
                PreviewText.format("%.2f", change.overlap()),
                count(change.identical()) + " of " + count(change.compared()) + " lists stay");
        page.tile("Different items", count(after.coverage()), count(before.coverage()) + " now");
        page.tile(
                "First item kept",
                PreviewText.percent(change.firstKept()),
                PreviewText.format("others move by %.2f places", change.rankShift()));
    }

    private void sides() {
        Section section = page.section(
                "The lists",
                "Of the same requests, by what is current and by the build, with the controls in force now.");
        BarPlot kinds = BarPlot.of(
                "Lists that lack items", "", new Axis("share of requests", Unit.PERCENT), List.of("empty", "shorter"));
        TreeSet<String> names = new TreeSet<>(report.candidate().signals().keySet());
        report.current().ifPresent(lists -> names.addAll(lists.signals().keySet()));
        BarPlot signals = BarPlot.of(
                "What put the items there", "signal", new Axis("share of items", Unit.PERCENT), List.copyOf(names));
        report.current().ifPresent(lists -> bars("current", lists, kinds, signals));
        bars("build", report.candidate(), kinds, signals);
        section.add(lacksNothing() ? Note.plain("No list is empty or shorter than asked for, on either side.") : kinds)
                .add(signals);
    }

    private boolean lacksNothing() {
        return lacks(report.candidate())
                        + report.current().map(PreviewPage::lacks).orElse(0L)
                == 0;
    }

    private static long lacks(Lists lists) {
        return lists.empty() + lists.shorter();
    }

    private void bars(String name, Lists lists, BarPlot kinds, BarPlot signals) {
        double shorter = lists.requests() == 0 ? 0 : (double) lists.shorter() / lists.requests();
        kinds.bars(name, List.of(figure(lists.emptyRate(), lists.empty()), figure(shorter, lists.shorter())));
        List<Figure> shares = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(report.candidate().signals().keySet());
        report.current().ifPresent(other -> names.addAll(other.signals().keySet()));
        names.forEach(
                signal -> shares.add(figure(lists.share(signal), lists.signals().getOrDefault(signal, 0L))));
        signals.bars(name, shares);
    }

    private void changes(PreviewChange change) {
        List<String> bins = IntStream.range(0, change.overlaps().size())
                .mapToObj(tenth -> PreviewText.format("%.1f", tenth / 10.0))
                .toList();
        Section overlap = page.section("Overlap", "Items in both lists, of the longer one.");
        overlap.add(BarPlot.of("How much of each list stays", "overlap, from", new Axis("lists", Unit.COUNT), bins)
                .bars("", change.overlaps().stream().map(Figure::of).toList()));
        if (change.segments().size() > 1) {
            overlap.add(segments(change));
        }
        Section items = page.section("Items", "Those that gain and lose most places in the lists.");
        items(items, "Gained", change.gained());
        items(items, "Lost", change.lost());
        DataTable users = DataTable.of("user", "request", "overlap", "items now", "by the build");
        change.users()
                .forEach(user -> users.row(
                        user.user(),
                        user.requestId(),
                        PreviewText.format("%.2f", user.overlap()),
                        count(user.current()),
                        count(user.candidate())));
        page.section("Users", "Those whose list changes most, named as in the log.")
                .add(users);
    }

    private static DataTable segments(PreviewChange change) {
        DataTable table = DataTable.of("segment", "requests", "empty now", "by the build", "overlap");
        change.segments()
                .forEach(segment -> table.row(
                        segment.name().isEmpty() ? "(none)" : segment.name(),
                        count(segment.requests()),
                        count(segment.currentEmpty()),
                        count(segment.candidateEmpty()),
                        PreviewText.format("%.2f", segment.overlap())));
        return table;
    }

    private static void items(Section section, String title, List<PreviewChange.Item> items) {
        if (items.isEmpty()) {
            section.add(Note.plain(title + ": none."));
            return;
        }
        DotPlot plot =
                DotPlot.of(title, new Axis("places more or fewer", Unit.COUNT)).reference(0);
        items.stream()
                .limit(PLOTTED)
                .forEach(item -> plot.row(
                        item.itemId(),
                        new Figure(
                                item.difference(),
                                item.difference(),
                                item.difference(),
                                count(item.current()) + " now, " + count(item.candidate()) + " by the build")));
        section.add(plot);
    }

    private void hits(HitRates hits) {
        String of = "of " + count(hits.followed()) + " requests";
        page.section(
                        "Hits",
                        "Of requests that an outcome of the same user followed, within "
                                + ShownReport.time(hits.within()) + ".")
                .add(Note.warning(PreviewText.FAVOURED))
                .add(DotPlot.of("Hit rate", new Axis("share of followed requests", Unit.PERCENT))
                        .row("current", new Figure(hits.current(), hits.current(), hits.current(), of))
                        .row("build", new Figure(hits.candidate(), hits.candidate(), hits.candidate(), of)))
                .add(DotPlot.of("Difference", new Axis("build less current", Unit.POINTS))
                        .row("hit rate", new Figure(hits.difference(), hits.low(), hits.high(), of))
                        .reference(0));
    }

    private void origin(Previewed previewed) {
        DataTable table = DataTable.of("what", "is");
        report.subject().artifacts().forEach((type, sha256) -> table.row("artifact " + type, sha256.hex()));
        table.row("configuration", report.subject().versions().config())
                .row("rules", report.subject().versions().rules())
                .row("items", report.subject().versions().items())
                .row("files read", count(previewed.files()))
                .row("records of other surfaces", count(previewed.elsewhere()))
                .row("malformed lines", count(previewed.malformed()))
                .row("last lines still being written", count(previewed.torn()));
        Section section = page.section("What was compared", "").add(table);
        previewed.problems().lines().forEach(problem -> section.add(Note.plain(problem.strip())));
    }

    private static Figure figure(double share, long of) {
        return new Figure(share, share, share, count(of));
    }

    private static String count(long number) {
        return PreviewText.format("%,d", number);
    }
}
