package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Revision;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "history", description = "Lists what was done to a surface, newest first.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class HistoryCommand extends Action {
    @Mixin
    private StoreOption store;

    @Mixin
    private ScopeOptions scope;

    @Option(names = "--limit", paramLabel = "N", description = "List only the newest N revisions.")
    private int limit = Integer.MAX_VALUE;

    @Override
    Answer run() throws IOException {
        List<Revision> revisions = store.read(opened -> opened.history(scope.tenant(), scope.surface(), limit));
        ObjectNode json = Json.object(scope.scope());
        ArrayNode array = json.putArray("revisions");
        TextTable table = new TextTable("", "SEQ", "WHEN", "WHAT", "RELEASE", "ARTIFACTS", "BY", "REASON");
        for (Revision revision : revisions) {
            Json.putRevision(array.addObject(), revision);
            table.row(
                    revision.current() ? "*" : "",
                    revision.epoch() + "/" + revision.seq(),
                    revision.swappedAt(),
                    revision.operation().kind(),
                    revision.release() == 0 ? "-" : revision.release(),
                    artifacts(revision),
                    revision.operation().by(),
                    revision.operation().reason());
        }
        Revision oldest = revisions.get(revisions.size() - 1);
        boolean complete = oldest.seq() == 1 || revisions.size() == limit;
        json.put("complete", complete);
        return Answer.done(json, table + (complete ? "" : whyItEnds(oldest)));
    }

    private static String whyItEnds(Revision oldest) {
        return oldest.operation().kind().equals("new-epoch")
                ? String.format(
                        "The list ends where epoch %d began, with revision %d: what came before is no longer certain, or no"
                                + " longer kept. Releases of before that are retained can still be rolled back to;"
                                + " `recsys scrub` and `recsys verify` look at them too.%n",
                        oldest.epoch(), oldest.seq())
                : String.format(
                        "Revision %d and older are not in the history; `recsys verify` says more.%n", oldest.seq() - 1);
    }

    private static String artifacts(Revision revision) {
        List<String> parts = revision.manifest().artifacts().entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue().rows())
                .toList();
        return parts.isEmpty() ? "-" : String.join(" ", parts);
    }
}
