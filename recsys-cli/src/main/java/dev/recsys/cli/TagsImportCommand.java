package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.pipelines.items.ItemFile;
import dev.recsys.pipelines.items.ItemReport;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.postgres.ItemEditor.ItemChange;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "import",
        description =
                "Puts the items of a file in force for a tenant, all at once, in place of those with the same ids.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class TagsImportCommand extends Action {
    @Mixin
    private EditOptions edit;

    @Mixin
    private ItemOptions items;

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "The tenant.")
    private String tenant;

    @Option(names = "--replace", description = "Remove the tenant's items that are not in the file.")
    private boolean replace;

    @Override
    Answer run() {
        long startNanos = System.nanoTime();
        ItemFile.Result read = items.read();
        int all = read.items().size();
        ProgressListener bar = ProgressBar.on(terminal());
        IntConsumer progress = done -> bar.progress(Phase.STORE, done, all);
        ItemChange change = edit.with(editor -> replace
                ? editor.items().replace(tenant, read.items(), edit.reason(), progress)
                : editor.items().upsert(tenant, read.items(), edit.reason(), progress));
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return Answer.done(json(read.report(), change, seconds), text(read.report(), change, seconds));
    }

    private ObjectNode json(ItemReport report, ItemChange change, double seconds) {
        return Json.object()
                .put("tenant", tenant)
                .put("lines", report.lines())
                .put("malformed", report.malformed())
                .put("changed", change.changed())
                .put("items", change.items())
                .put("version", change.version())
                .put("seconds", seconds);
    }

    private String text(ItemReport report, ItemChange change, double seconds) {
        StringBuilder text = new StringBuilder();
        report.malformedLines().forEach(line -> text.append(String.format("%s%n", line)));
        return text.append(String.format(
                        "%d lines, %d malformed; %d items changed, tenant %s has %d: %s (%.1f s).%n",
                        report.lines(),
                        report.malformed(),
                        change.changed(),
                        tenant,
                        change.items(),
                        change.version(),
                        seconds))
                .toString();
    }
}
