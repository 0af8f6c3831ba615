package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.publish.CollectReport;
import dev.recsys.publish.CollectRequest;
import dev.recsys.store.BlobKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "collect",
        description =
                "Deletes the artifacts that nobody needs: those of old releases, and left-overs of publishers that"
                        + " died. Safe while others ship.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class CollectCommand extends Action {
    private static final int MOST_NAMED = 20;

    @Mixin
    private PublisherOptions publisher;

    @Mixin
    private ScopeOptions scope;

    @Option(
            names = "--keep-releases",
            paramLabel = "K",
            description = "Keep the newest K releases that were not rolled back; by default 10.")
    private @Nullable Integer keepReleases;

    @Option(
            names = "--keep-for",
            converter = TimeConverter.class,
            paramLabel = "TIME",
            description = "Keep what was current within this time, such as 30d, 12h or 0s; by default 30d.")
    private @Nullable Duration keepFor;

    @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
    private boolean dryRun;

    @Option(names = "--reason", defaultValue = "retention", paramLabel = "TEXT", description = "Why; recorded.")
    private String reason;

    @Override
    Answer run() throws IOException {
        CollectReport report = publisher.with(opened -> opened.collect(request()));
        warnOfForeign(report);
        boolean done = dryRun || report.notDeleted() == 0;
        return new Answer(done ? ExitCode.DONE : ExitCode.STORE_UNAVAILABLE, json(report), text(report));
    }

    private void warnOfForeign(CollectReport report) {
        List<BlobKey> foreign = report.foreign();
        if (foreign.isEmpty()) {
            return;
        }
        String names = foreign.stream()
                .limit(MOST_NAMED)
                .map(BlobKey::path)
                .collect(Collectors.joining(System.lineSeparator() + "  "));
        String first = foreign.size() > MOST_NAMED ? ", of which the first are" : "";
        terminal()
                .warn("objects among the artifacts of " + report.scope()
                        + " have names that no publisher gives, and are"
                        + " left alone: " + foreign.size() + first + ". Move them out of the store."
                        + System.lineSeparator() + "  " + names);
    }

    private CollectRequest request() {
        CollectRequest request = CollectRequest.of(scope.scope(), reason);
        request = keepReleases == null ? request : request.keepReleases(keepReleases);
        request = keepFor == null ? request : request.keepFor(keepFor);
        return dryRun ? request.dryRun() : request;
    }

    private ObjectNode json(CollectReport report) {
        ObjectNode json = Json.object(report.scope()).put("dry_run", dryRun);
        report.revision().ifPresent(revision -> json.put("seq", revision.seq()));
        ArrayNode releases = json.putArray("releases");
        report.decisions()
                .forEach(decision -> releases.addObject()
                        .put("release", decision.release())
                        .put("kept", decision.kept())
                        .put("because", decision.because()));
        json.put("objects", report.objects()).put("bytes", report.sizeBytes()).put("not_deleted", report.notDeleted());
        ArrayNode foreign = json.putArray("foreign");
        report.foreign().forEach(key -> foreign.add(key.path()));
        return json;
    }

    private String text(CollectReport report) {
        TextTable table = new TextTable("RELEASE", "", "BECAUSE");
        report.decisions()
                .forEach(decision ->
                        table.row(decision.release(), decision.kept() ? "stays" : "goes", decision.because()));
        return table + outcome(report);
    }

    private String outcome(CollectReport report) {
        String objects = String.format("%d artifacts (%d bytes)", report.objects(), report.sizeBytes());
        if (dryRun) {
            return String.format("Would delete %s of %s. Nothing was changed.%n", objects, report.scope());
        }
        if (report.revision().isEmpty()) {
            return String.format("Nothing to delete for %s.%n", report.scope());
        }
        String rest = report.notDeleted() == 0
                ? ""
                : String.format(
                        " The store did not delete %d of them: run it again when it answers.", report.notDeleted());
        return String.format("Deleted %s of %s.%s%n", objects, report.scope(), rest);
    }
}
