package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.SignalBuildReport;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.pipelines.events.RejectedLine;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.publish.BuiltArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "build", description = "Computes signals from events into a folder that ship takes.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class BuildCommand extends Action {
    private static final int LISTED = 5;
    private static final long MB = 1_000_000;
    private static final Duration TOLERANCE = Duration.ofDays(1);

    @Mixin
    private EventOptions events;

    @Mixin
    private WindowOptions window;

    @Mixin
    private SignalOptions signals;

    @Mixin
    private ScopeOptions scope;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder; an earlier build is replaced.")
    private Path out;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where temporary files lie if memory does not hold the build (default: beside --out).")
    private @Nullable Path work;

    @Override
    Answer run() throws IOException {
        SignalBuild build = signals.applyTo(build());
        SignalBuildReport report = (work == null ? build : build.workFolder(work)).into(out);
        return Answer.done(json(report), text(report));
    }

    private SignalBuild build() throws IOException {
        ProgressListener progress = ProgressBar.on(terminal());
        Optional<DayFolder> days = window.days(scope.scope());
        return days.isPresent()
                ? events.build(days.get(), window.of(days.get()), progress)
                : events.build(scope.scope(), progress);
    }

    private ObjectNode json(SignalBuildReport report) {
        ReadReport read = report.read();
        ObjectNode json = Json.object(report.build().scope());
        json.put("out", out.toString());
        Json.putLines(json, read);
        json.put("outside_window", read.outsideWindow())
                .put("ignored", read.ignored())
                .put("users", report.users())
                .put("sessions", report.sessions())
                .put("items", report.items());
        report.itemsRead()
                .ifPresent(items -> json.put("item_lines", items.lines())
                        .put("items_known", items.items())
                        .put("items_malformed", items.malformed()));
        json.put("memory_bytes", report.memory().peakBytes()).put("disk_bytes", report.diskBytes());
        newest(report).ifPresent(instant -> json.put("watermark", instant.toString()));
        ObjectNode artifacts = json.putObject("artifacts");
        report.build()
                .artifacts()
                .values()
                .forEach(artifact -> artifacts
                        .putObject(artifact.type().name())
                        .put("file", artifact.file().toString())
                        .put("sha256", artifact.sha256().hex())
                        .put("bytes", artifact.sizeBytes())
                        .put("rows", artifact.rows()));
        EvaluationJson.putChoices(json, report.choices());
        put(json.putArray("malformed_lines"), read.malformedLines());
        put(json.putArray("set_aside_lines"), read.setAsideLines());
        report.itemsRead().ifPresent(items -> put(json.putArray("items_malformed_lines"), items.malformedLines()));
        return json;
    }

    private static void put(ArrayNode json, List<RejectedLine> lines) {
        lines.forEach(line -> json.addObject()
                .put("file", line.file().toString())
                .put("line", line.line())
                .put("reason", line.reason()));
    }

    private String text(SignalBuildReport report) {
        ReadReport read = report.read();
        StringBuilder text = new StringBuilder(String.format(
                "Read %d lines: %d events of %d users in %d sessions about %d items.%n",
                read.lines(), read.events(), report.users(), report.sessions(), report.items()));
        count(text, read.duplicates(), "duplicates", List.of());
        count(text, read.malformed(), "malformed", read.malformedLines());
        count(text, read.setAside(), "set aside", read.setAsideLines());
        count(text, read.otherScope(), "of other tenants or surfaces", List.of());
        count(text, read.outsideWindow(), "outside the window", List.of());
        count(text, read.ignored(), "of ignored types", List.of());
        report.itemsRead().ifPresent(items -> {
            text.append(String.format("Read %d lines of items: %d items.%n", items.lines(), items.items()));
            count(text, items.malformed(), "malformed", items.malformedLines());
        });
        newest(report)
                .filter(instant -> instant.isAfter(Instant.now().plus(TOLERANCE)))
                .ifPresent(instant -> text.append(String.format(
                        "  Note: the newest event is of %s, later than now; against it all others look old."
                                + " Leave such events out with --to.%n",
                        instant)));
        report.choices().forEach(choice -> text.append(String.format("%s: %s.%n", choice.what(), choice.why())));
        TextTable table = new TextTable("ARTIFACT", "ITEMS", "BYTES", "FILE");
        report.build()
                .artifacts()
                .values()
                .forEach(
                        artifact -> table.row(artifact.type(), artifact.rows(), artifact.sizeBytes(), artifact.file()));
        text.append(table);
        if (report.diskBytes() > 0) {
            text.append(String.format(
                    "Memory did not hold the build: it went through %d MB of temporary files.%n",
                    (report.diskBytes() + MB - 1) / MB));
        }
        text.append(String.format(
                "Took %.1f s to read and %.1f s to compute. %s%n",
                report.readTime().toMillis() / 1e3, report.computeTime().toMillis() / 1e3, next(report)));
        return text.toString();
    }

    private static Optional<Instant> newest(SignalBuildReport report) {
        return report.build().artifacts().values().stream()
                .map(BuiltArtifact::watermark)
                .max(Instant::compareTo);
    }

    private String next(SignalBuildReport report) {
        return report.read().events() == 0
                ? "No event counts: a ship would be refused."
                : "Next: recsys ship --artifacts " + out + " ..";
    }

    private static void count(StringBuilder text, long count, String what, List<RejectedLine> lines) {
        if (count == 0) {
            return;
        }
        text.append(String.format("  %d lines %s%n", count, what));
        lines.stream()
                .limit(LISTED)
                .forEach(line -> text.append(String.format("    %s:%d %s%n", line.file(), line.line(), line.reason())));
        if (lines.size() > LISTED) {
            text.append(String.format("    .. more with --json%n"));
        }
    }
}
