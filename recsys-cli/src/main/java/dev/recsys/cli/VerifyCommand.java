package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Revision;
import dev.recsys.publish.VerifyReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "verify",
        description =
                "Reads the history and every artifact of every retained release, and says what is damaged (exit 7).")
@SuppressWarnings("NullAway.Init") // set by picocli
final class VerifyCommand extends Action {
    @Mixin
    private StoreOption store;

    @Mixin
    private ScopeOptions scope;

    @Override
    Answer run() throws IOException {
        VerifyReport report = store.read(opened -> opened.verify(scope.tenant(), scope.surface()));
        int exitCode = report.damages().isEmpty() ? ExitCode.DONE : ExitCode.DAMAGE;
        return new Answer(exitCode, json(report), text(report));
    }

    private static ObjectNode json(VerifyReport report) {
        ObjectNode json = Json.object(report.scope())
                .put("revisions", report.revisions())
                .put("oldest_epoch", report.oldest().epoch())
                .put("oldest_seq", report.oldest().seq())
                .put("releases", report.releases())
                .put("artifacts", report.artifacts())
                .put("bytes", report.sizeBytes());
        Json.putDamages(json, report.damages());
        return json;
    }

    private static String text(VerifyReport report) {
        return String.format(
                        "Read %d revisions, and %d artifacts (%d bytes) of %d releases of %s: %s.%n",
                        report.revisions(),
                        report.artifacts(),
                        report.sizeBytes(),
                        report.releases(),
                        report.scope(),
                        report.damages().isEmpty()
                                ? "all whole"
                                : report.damages().size() + " DAMAGED")
                + Damages.text(report.damages())
                + reach(report.oldest());
    }

    private static String reach(Revision oldest) {
        if (oldest.seq() == 1) {
            return "";
        }
        return String.format(
                "The history was read back to revision %d/%d, a %s%s. Older revisions were not looked at, but for the"
                        + " releases of before that are retained.%n",
                oldest.epoch(),
                oldest.seq(),
                oldest.operation().kind(),
                oldest.operation().kind().equals("new-epoch")
                        ? " that may have begun without what came before it"
                        : "");
    }
}
