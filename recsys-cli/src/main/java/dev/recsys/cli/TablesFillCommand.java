package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.pipelines.FillReport;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.TableBuild;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.TablesState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "fill",
        description = "Fills the tables of a surface with the sums of days, in one transaction: a whole window, or the"
                + " last days of it.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class TablesFillCommand extends Action {
    @Mixin
    private ReadOptions read;

    @Option(names = "--days", paramLabel = "DIR", description = "Fill from the days that are kept in this folder.")
    private @Nullable Path root;

    @Mixin
    private TableDaysOptions days;

    @Mixin
    private SumOptions sums;

    @Option(
            names = "--set",
            split = ",",
            paramLabel = "SIGNAL.CONSTANT=VALUE",
            description = "Any constant of popularity or cooc, such as cooc.step-decay=0.8. Repeatable.")
    private Map<String, Double> constants = Map.of();

    @Mixin
    private ScopeOptions scope;

    @Mixin
    private EditOptions edit;

    @Override
    Answer run() throws IOException {
        long startNanos = System.nanoTime();
        ProgressListener progress = ProgressBar.on(terminal());
        Optional<DayFolder> kept = TableDaysOptions.folder(root, scope.scope(), read);
        SignalBuild build = settings(events(kept).listener(progress));
        Optional<TableDaysOptions.Put> put = days.put(kept);
        FillReport report = edit.filling(tables -> fill(build, new ToldTables(tables, progress), put));
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return Answer.done(json(report, seconds), text(report, seconds));
    }

    private static FillReport fill(SignalBuild build, SignalTables tables, Optional<TableDaysOptions.Put> put)
            throws IOException {
        TableBuild fill = TableBuild.of(build, tables);
        return put.isEmpty()
                ? fill.fill()
                : fill.fill(put.get().days(), put.get().windowDays());
    }

    private SignalBuild events(Optional<DayFolder> kept) throws IOException {
        return kept.isPresent()
                ? days.build(kept.get())
                : days.build(read.applyTo(SignalBuild.of(scope.scope(), read.files())));
    }

    private SignalBuild settings(SignalBuild start) {
        SignalBuild build = sums.applyTo(start);
        for (Map.Entry<String, Double> constant : new TreeMap<>(constants).entrySet()) {
            if (!constant.getKey().matches("(popularity|cooc)[.].*")) {
                throw new IllegalArgumentException("--set " + constant.getKey()
                        + " is of a signal that tables do not hold; expected popularity.CONSTANT or cooc.CONSTANT");
            }
            build = build.set(constant.getKey(), constant.getValue());
        }
        return build;
    }

    private static long events(TablesState state) {
        return state.days().values().stream().mapToLong(DayFigures::events).sum();
    }

    private ObjectNode json(FillReport report, double seconds) {
        TablesState state = report.state();
        ObjectNode json = Json.object(scope.scope());
        Json.putLines(json, report.read());
        return json.put("outside_window", report.read().outsideWindow())
                .put("ignored", report.read().ignored())
                .put("revision", state.revision())
                .put("id", state.id())
                .put("from", state.days().firstKey().toString())
                .put("until", state.days().lastKey().toString())
                .put("events_held", events(state))
                .put("cut_sessions", state.cutSessions())
                .put("seconds", seconds);
    }

    private String text(FillReport report, double seconds) {
        TablesState state = report.state();
        return String.format(
                "Read %d lines: %d events, %d duplicates, %d malformed, %d set aside, %d of other tenants or surfaces, %d"
                        + " outside the window, %d of ignored types.%n"
                        + "Tables of %s: revision %d, %s to %s, %d events, %d sessions cut (%.1f s).%n"
                        + "Next: recsys recommend --tables ..%n",
                report.read().lines(),
                report.read().events(),
                report.read().duplicates(),
                report.read().malformed(),
                report.read().setAside(),
                report.read().otherScope(),
                report.read().outsideWindow(),
                report.read().ignored(),
                scope.scope(),
                state.revision(),
                state.days().firstKey(),
                state.days().lastKey(),
                events(state),
                state.cutSessions(),
                seconds);
    }
}
