package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.NotFoundException;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.Revision;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ReleaseDiff;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "diff", description = "Compares two releases.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DiffCommand extends Action {
    @Mixin
    private StoreOption store;

    @Mixin
    private ScopeOptions scope;

    @Option(
            names = "--from",
            paramLabel = "RELEASE",
            description = "By default the release that was current before --to.")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "RELEASE", description = "By default the current release.")
    private @Nullable Long to;

    @Override
    Answer run() throws IOException {
        ReleaseDiff diff = store.read(this::diff);
        ObjectNode json = Json.object(scope.scope()).put("from", diff.from()).put("to", diff.to());
        ArrayNode changes = json.putArray("changes");
        TextTable table = new TextTable("ARTIFACT", "CHANGE", "ITEMS", "BYTES", "NEWEST EVENT");
        for (ReleaseDiff.Change change : diff.changes()) {
            String kind = change.kind().name().toLowerCase(Locale.ROOT);
            ObjectNode node =
                    changes.addObject().put("type", change.type().name()).put("kind", kind);
            change.before().ifPresent(ref -> put(node.putObject("before"), ref));
            change.after().ifPresent(ref -> put(node.putObject("after"), ref));
            table.row(
                    change.type(),
                    kind,
                    arrow(change.before().map(ArtifactRef::rows), change.after().map(ArtifactRef::rows)),
                    arrow(
                            change.before().map(ArtifactRef::sizeBytes),
                            change.after().map(ArtifactRef::sizeBytes)),
                    arrow(
                            change.before().map(ArtifactRef::watermark),
                            change.after().map(ArtifactRef::watermark)));
        }
        return Answer.done(json, String.format("Release %d -> release %d%n%s", diff.from(), diff.to(), table));
    }

    private ReleaseDiff diff(ManifestPublisher opened) {
        long second = to != null
                ? to
                : opened.current(scope.tenant(), scope.surface()).release();
        long first = from != null ? from : currentBefore(opened, second);
        return opened.diff(scope.tenant(), scope.surface(), first, second);
    }

    /** Returns the release that was current before a release last became so. */
    private long currentBefore(ManifestPublisher opened, long release) {
        return opened.history(scope.tenant(), scope.surface(), Integer.MAX_VALUE).stream()
                .map(Revision::release)
                .dropWhile(current -> current != release)
                .dropWhile(current -> current == release)
                .filter(current -> current > 0)
                .findFirst()
                .orElseThrow(() -> new NotFoundException("No other release of " + scope.scope()
                        + " was current before release " + release + ". Name one with --from."));
    }

    private static void put(ObjectNode json, ArtifactRef ref) {
        json.put("sha256", ref.sha256().hex())
                .put("bytes", ref.sizeBytes())
                .put("rows", ref.rows())
                .put("watermark", ref.watermark().toString());
    }

    private static String arrow(Optional<?> before, Optional<?> after) {
        String left = before.map(Object::toString).orElse("-");
        String right = after.map(Object::toString).orElse("-");
        return left.equals(right) ? left : left + " -> " + right;
    }
}
