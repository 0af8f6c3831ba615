package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Release;
import dev.recsys.publish.Build;
import dev.recsys.publish.PreviewVerdict;
import dev.recsys.publish.ShipRequest;
import dev.recsys.store.BlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "ship", description = "Ships a build: from now on readers serve it.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class ShipCommand extends Action {
    @Mixin
    private PublisherOptions publisher;

    @Mixin
    private ScopeOptions scope;

    @Option(names = "--artifacts", required = true, paramLabel = "DIR", description = "The folder that build wrote.")
    private Path artifacts;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded.")
    private String reason;

    @Mixin
    private ShippingOptions shipping;

    @Option(names = "--merge", description = "Keep the current artifacts of the types that the build does not have.")
    private boolean merge;

    @Option(names = "--rebase", description = "Start again when another ship was first and this build is newer.")
    private boolean rebase;

    @Option(names = "--force", description = "Override the gates; a hold or a conflict is never overridden.")
    private boolean force;

    @Mixin
    private ShipPreviewOptions preview;

    @Override
    Answer run() throws IOException {
        Build build = Build.at(artifacts);
        Optional<Previewed> previewed = look(build);
        Optional<PreviewVerdict> verdict = previewed.map(preview::verdict);
        ShipRequest request =
                verdict.map(found -> request(build).previewed(found)).orElseGet(() -> request(build));
        Release release = publisher.creating(shipping.ship(request), shipping.isCreate());
        ObjectNode json = Json.object(release.scope());
        Json.putRevision(json, release.revision());
        json.put("already_current", release.alreadyCurrent());
        String text = release.alreadyCurrent()
                ? "Release %d of %s is current already with these artifacts; nothing was changed.%n"
                : "Shipped release %d of %s. Readers serve it within their refresh interval.%n";
        verdict.ifPresent(found -> json.put("preview", found.figures()));
        String looked = verdict.map(found -> String.format("Preview: %s.%n", found.figures()))
                        .orElse("")
                + previewed.map(Previewed::problems).orElse("");
        return Answer.done(json, looked + String.format(text, release.id(), release.scope()));
    }

    private Optional<Previewed> look(Build build) throws IOException {
        if (!preview.isWanted()) {
            return Optional.empty();
        }
        try (BlobStore store = shipping.isCreate()
                ? publisher.store().create()
                : publisher.store().open()) {
            PreviewRun run = new PreviewRun(store, publisher.store().trust(), build, ProgressBar.on(terminal()));
            return Optional.of(preview.look(merge ? run.merging() : run, publisher));
        }
    }

    private ShipRequest request(Build build) {
        ShipRequest request = ShipRequest.of(scope.scope(), build, reason);
        request = merge ? request.merge() : request;
        request = rebase ? request.rebaseIfNewer() : request;
        return force ? request.overrideAll() : request;
    }
}
