package dev.recsys.preview;

import dev.recsys.preview.PreviewReport.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a report says in a line, and what speaks against the build. */
final class Objections {
    private Objections() {}

    /** Returns the figures that are told with a refusal, and recorded. */
    static String figures(PreviewReport report) {
        if (report.current().isEmpty() || report.change().isEmpty()) {
            Lists only = report.candidate();
            return format(
                    "nothing was current; empty rate %s over %,d requests, coverage %,d items",
                    percent(only.emptyRate()), report.requests(), only.coverage());
        }
        Lists current = report.current().get();
        Lists candidate = report.candidate();
        PreviewChange change = report.change().get();
        return format(
                "empty rate %s -> %s over %,d requests, mean overlap %.2f, coverage %,d -> %,d items, first item kept in %s",
                percent(current.emptyRate()),
                percent(candidate.emptyRate()),
                report.requests(),
                change.overlap(),
                current.coverage(),
                candidate.coverage(),
                percent(change.firstKept()));
    }

    static List<String> to(PreviewReport report, PreviewLimits limits) {
        List<String> objections = new ArrayList<>();
        if (report.current().isEmpty() || report.change().isEmpty()) {
            return objections;
        }
        if (report.requests() < limits.minRequests()) {
            objections.add(format(
                    "%,d requests are too few to judge by, at least %,d are expected; replay more of the log",
                    report.requests(), limits.minRequests()));
            return objections;
        }
        Lists current = report.current().get();
        double mostEmpty = current.empty() + limits.maxEmptyRise() * report.requests();
        if (report.candidate().empty() > mostEmpty) {
            objections.add(format(
                    "%,d lists are empty, with the current release %,d; %s",
                    report.candidate().empty(),
                    current.empty(),
                    limits.maxEmptyRise() == 0
                            ? "not one more is allowed"
                            : "the empty rate may rise by " + percent(limits.maxEmptyRise())));
        }
        PreviewChange change = report.change().get();
        if (change.overlap() < limits.minOverlap()) {
            objections.add(format(
                    "the mean overlap with the current lists is %.4f; at least %s is expected",
                    change.overlap(), limits.minOverlap()));
        }
        return objections;
    }

    private static String percent(double share) {
        return format("%.1f %%", 100 * share);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
