package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Hold;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Says what is current, how old it is, and whether ships are held.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class StatusCommand extends Action {
    @Mixin
    private StoreOption store;

    @Mixin
    private ScopeOptions scope;

    @Override
    Answer run() throws IOException {
        Revision revision = store.read(opened -> opened.current(scope.tenant(), scope.surface()));
        return Answer.done(json(revision), text(revision));
    }

    private static ObjectNode json(Revision revision) {
        Manifest manifest = revision.manifest();
        ObjectNode json = Json.object(revision.scope());
        Json.putRevision(json, revision);
        json.put("updated_at", manifest.updatedAt().toString());
        manifest.watermark().ifPresent(watermark -> json.put("watermark", watermark.toString()));
        manifest.window()
                .ifPresent(window -> json.putObject("window")
                        .put("from", window.from().toString())
                        .put("to", window.to().toString()));
        revision.hold().ifPresent(hold -> Json.putHold(json.putObject("hold"), hold));
        ArrayNode digests = json.putArray("quarantined");
        revision.quarantined().forEach(digest -> digests.add(digest.hex()));
        return json;
    }

    private static String text(Revision revision) {
        Manifest manifest = revision.manifest();
        TextTable facts = new TextTable("SURFACE", revision.scope().toString());
        facts.row("release", revision.release() == 0 ? "none yet" : revision.release());
        facts.row(
                "revision",
                revision.epoch() + "/" + revision.seq() + ", "
                        + revision.operation().kind() + " by "
                        + revision.operation().by() + ": "
                        + revision.operation().reason());
        facts.row("shipped", manifest.updatedAt() + " (" + age(manifest.updatedAt()) + ")");
        manifest.watermark().ifPresent(watermark -> facts.row("newest event", watermark + " (" + age(watermark) + ")"));
        facts.row(
                "ships",
                revision.hold()
                        .filter(hold -> hold.standsAt(Instant.now()))
                        .map(StatusCommand::held)
                        .orElse("are taken"));
        facts.row("quarantined", revision.quarantined().size() + " artifacts");
        TextTable artifacts = new TextTable("ARTIFACT", "ITEMS", "BYTES", "SHA-256");
        manifest.artifacts().forEach((type, ref) -> artifacts.row(type, ref.rows(), ref.sizeBytes(), ref.sha256()));
        return facts + System.lineSeparator() + artifacts;
    }

    private static String held(Hold hold) {
        return "are held by " + hold.by()
                + hold.until().map(until -> " until " + until).orElse("") + ": " + hold.reason();
    }

    private static String age(Instant then) {
        Duration age = Duration.between(then, Instant.now());
        if (age.isNegative()) {
            return "later than now by " + age.negated().toHours() + " hours";
        }
        if (age.toDays() > 1) {
            return age.toDays() + " days ago";
        }
        return age.toHours() > 1 ? age.toHours() + " hours ago" : age.toMinutes() + " minutes ago";
    }
}
