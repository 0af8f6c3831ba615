package dev.recsys.cli;

import dev.recsys.preview.HitRates;
import dev.recsys.preview.PreviewChange;
import dev.recsys.preview.PreviewReport;
import dev.recsys.preview.PreviewReport.Lists;
import dev.recsys.publish.PreviewVerdict;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** A preview for people. */
final class PreviewText {
    private static final int TOLD = 5;

    private PreviewText() {}

    static String of(Previewed previewed, PreviewVerdict verdict) {
        PreviewReport report = previewed.report();
        StringBuilder text = new StringBuilder(format("%s%n%n", title(report)));
        text.append(format(
                "%,d requests of %,d files; %,d records of other surfaces, %,d malformed lines, %,d still being written%n",
                report.requests(), previewed.files(), previewed.elsewhere(), previewed.malformed(), previewed.torn()));
        text.append(previewed.problems());
        if (report.modelled() > 0) {
            text.append(format(
                    "%,d lists were scored by the host's model then; both sides are without it%n", report.modelled()));
        }
        text.append(format("%n%s", sides(report)));
        report.change().ifPresent(change -> text.append(changes(change)));
        report.hits().ifPresent(hits -> text.append(hits(hits)));
        if (verdict.objections().isEmpty()) {
            return text.append(format("%nThe gate has no objection.%n")).toString();
        }
        text.append(format("%nA ship would be refused:%n"));
        verdict.objections().forEach(objection -> text.append(format("  %s%n", objection)));
        return text.toString();
    }

    static String title(PreviewReport report) {
        return report.current().isEmpty()
                ? "First release of " + report.subject().scope()
                : "Release " + report.subject().release() + " of "
                        + report.subject().scope() + " -> the build";
    }

    private static String sides(PreviewReport report) {
        Lists after = report.candidate();
        Lists before = report.current().orElse(after);
        boolean isFirst = report.current().isEmpty();
        TextTable table = isFirst ? new TextTable("", "BUILD") : new TextTable("", "CURRENT", "BUILD");
        row(table, isFirst, "empty lists", before.empty(), after.empty());
        table.row(cells(isFirst, "empty rate", percent(before.emptyRate()), percent(after.emptyRate())));
        row(table, isFirst, "shorter than asked", before.shorter(), after.shorter());
        row(table, isFirst, "items shown", before.shown(), after.shown());
        row(table, isFirst, "different items", before.coverage(), after.coverage());
        SortedSet<String> signals = new TreeSet<>(before.signals().keySet());
        signals.addAll(after.signals().keySet());
        signals.forEach(signal ->
                table.row(cells(isFirst, "by " + signal, percent(before.share(signal)), percent(after.share(signal)))));
        return table.toString();
    }

    private static void row(TextTable table, boolean isFirst, String name, long before, long after) {
        table.row(cells(isFirst, name, format("%,d", before), format("%,d", after)));
    }

    private static Object[] cells(boolean isFirst, String name, String before, String after) {
        return isFirst ? new Object[] {name, after} : new Object[] {name, before, after};
    }

    private static String changes(PreviewChange change) {
        StringBuilder text = new StringBuilder(format(
                "%nMean overlap %.3f over %,d lists; %,d identical, first item kept in %s%n"
                        + "Items in both lists moved by %.2f places and by %.3f of the best score in the mean%n"
                        + "%,d requests became empty, %,d were empty before and are not%n%n",
                change.overlap(),
                change.compared(),
                change.identical(),
                percent(change.firstKept()),
                change.rankShift(),
                change.scoreShift(),
                change.becameEmpty(),
                change.becameFilled()));
        TextTable overlaps = new TextTable("OVERLAP", "LISTS", "");
        for (int tenth = 0; tenth < change.overlaps().size(); tenth++) {
            long lists = change.overlaps().get(tenth);
            overlaps.row(bin(tenth), format("%,d", lists), "#".repeat((int)
                            (40 * lists / Math.max(1, change.compared()))));
        }
        text.append(overlaps);
        text.append(items("GAINED", change.gained())).append(items("LOST", change.lost()));
        text.append(users(change)).append(segments(change));
        return text.toString();
    }

    /** Returns the name of a bar of the histogram. */
    static String bin(int tenth) {
        return format("%.1f to %.1f", tenth / 10.0, (tenth + 1) / 10.0);
    }

    private static String items(String heading, List<PreviewChange.Item> items) {
        if (items.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable(heading, "CURRENT", "BUILD");
        items.stream().limit(TOLD).forEach(item -> table.row(item.itemId(), item.current(), item.candidate()));
        return format("%n%s", table);
    }

    private static String users(PreviewChange change) {
        if (change.users().isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("USER", "REQUEST", "OVERLAP", "CURRENT", "BUILD");
        change.users().stream()
                .limit(TOLD)
                .forEach(user -> table.row(
                        user.user(),
                        user.requestId().isEmpty() ? "-" : user.requestId(),
                        format("%.2f", user.overlap()),
                        user.current(),
                        user.candidate()));
        return format("%n%s", table);
    }

    private static String segments(PreviewChange change) {
        if (change.segments().size() < 2) {
            return "";
        }
        TextTable table = new TextTable("SEGMENT", "REQUESTS", "EMPTY", "EMPTY BY BUILD", "OVERLAP");
        change.segments()
                .forEach(segment -> table.row(
                        segment.name().isEmpty() ? "(none)" : segment.name(),
                        segment.requests(),
                        segment.currentEmpty(),
                        segment.candidateEmpty(),
                        format("%.2f", segment.overlap())));
        return format("%n%s", table);
    }

    private static String hits(HitRates hits) {
        return format(
                "%nHit rate %s -> %s of %,d requests that an outcome followed within %s;"
                        + " difference %+.2f pp, 95 %% from %+.2f to %+.2f%n%s%n",
                percent(hits.current()),
                percent(hits.candidate()),
                hits.followed(),
                ShownReport.time(hits.within()),
                100 * hits.difference(),
                100 * hits.low(),
                100 * hits.high(),
                FAVOURED);
    }

    /** What to know of hit rates. */
    static final String FAVOURED =
            "Users saw the lists of then and took what they saw: this favours the current release.";

    static String percent(double share) {
        return format("%.1f %%", 100 * share);
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
