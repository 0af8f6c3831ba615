package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Release;
import dev.recsys.pipelines.Backfill;
import dev.recsys.pipelines.BackfilledDay;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.days.Checkpoint;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backfill",
        description = "Does the daily work of a range of days in order: keeps each day, builds its window, ships it.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class BackfillCommand extends Action {
    @Mixin
    private ReadOptions read;

    @Mixin
    private ScopeOptions scope;

    @Option(names = "--days", required = true, paramLabel = "DIR", description = "The folder that keeps the days.")
    private Path root;

    @Option(names = "--from", required = true, paramLabel = "DAY", description = "The first day, such as 2026-01-31.")
    private LocalDate from;

    @Option(names = "--to", required = true, paramLabel = "DAY", description = "The last day.")
    private LocalDate to;

    @Option(
            names = "--window",
            required = true,
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long the window is that ends with each day, in whole days such as 30d.")
    private Duration window;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder of the build; that of each day replaces the one before.")
    private Path out;

    @Option(names = "--again", description = "Do days again that are done already; the checkpoint does not move back.")
    private boolean again;

    @Mixin
    private ComputeOptions compute;

    @Mixin
    private SignalOptions signals;

    @Mixin
    private DayShipOptions ship;

    @Override
    Answer run() throws IOException {
        ship.requireOutside(out, root);
        ProgressListener progress = ProgressBar.on(terminal());
        DayFolder days = DayFolder.of(root, scope.scope());
        DayWindow range = DayWindow.between(from, to);
        Backfill backfill = Backfill.of(days, read.dayReader(progress), out, kept -> build(days, kept, progress))
                .listener(day -> terminal().err().printf(Locale.ROOT, "%s of %s: %s%n", day.day(), to, line(day)));
        backfill = again ? backfill.again() : backfill;
        backfill = ship.isWanted() ? backfill.shipping((day, build) -> ship.ship(scope.scope(), day, build)) : backfill;
        List<BackfilledDay> done = backfill.run(range, WindowOptions.wholeDays(window));
        LocalDate checkpoint = days.checkpoint().map(Checkpoint::day).orElse(to);
        return Answer.done(json(done, checkpoint), text(done, checkpoint));
    }

    private SignalBuild build(DayFolder days, DayWindow kept, ProgressListener progress) {
        SignalBuild build = SignalBuild.ofDays(days, kept).listener(progress);
        return signals.applyTo(compute.applyTo(build));
    }

    private static String line(BackfilledDay day) {
        String shipped = day.release()
                .map(release ->
                        ", release " + release.id() + (release.alreadyCurrent() ? ", which was current already" : ""))
                .orElse("");
        return day.build().read().events() + " events in the window" + shipped;
    }

    private ObjectNode json(List<BackfilledDay> done, LocalDate checkpoint) {
        ObjectNode json = Json.object(scope.scope());
        json.put("checkpoint", checkpoint.toString());
        ArrayNode days = json.putArray("days");
        for (BackfilledDay day : done) {
            ObjectNode node = days.addObject()
                    .put("day", day.day().toString())
                    .put("events", day.build().read().events())
                    .put("items", day.build().items())
                    .put("build", day.digest().hex());
            day.release()
                    .ifPresent(release ->
                            node.put("release", release.id()).put("already_current", release.alreadyCurrent()));
        }
        return json;
    }

    private static String text(List<BackfilledDay> done, LocalDate checkpoint) {
        if (done.isEmpty()) {
            return String.format(
                    "Nothing to do: all days up to %s are done. Do them again with --again.%n", checkpoint);
        }
        TextTable table = new TextTable("DAY", "EVENTS", "ITEMS", "READ S", "COMPUTE S", "RELEASE");
        for (BackfilledDay day : done) {
            table.row(
                    day.day(),
                    day.build().read().events(),
                    day.build().items(),
                    seconds(day.build().readTime()),
                    seconds(day.build().computeTime()),
                    day.release().map(Release::id).map(String::valueOf).orElse("-"));
        }
        return table + String.format("The checkpoint is at %s.%n", checkpoint);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1e3);
    }
}
