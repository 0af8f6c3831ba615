package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.artifact.Release;
import dev.recsys.publish.PromoteRequest;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "promote",
        description =
                "Ships a release of one store to another: copies its artifacts, reads them back there, and makes them"
                        + " current there.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class PromoteCommand extends Action {
    @Option(names = "--from", required = true, paramLabel = "URI", description = "The store that has the release.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "URI", description = "The store that it is promoted to.")
    private String to;

    @Mixin
    private ScopeOptions scope;

    @Option(
            names = "--release",
            paramLabel = "N",
            description = "The release in the store that has it; by default the current one.")
    private @Nullable Long number;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded.")
    private String reason;

    @Option(names = "--create", description = "Create the surface, and the folder of --to, if they do not exist.")
    private boolean create;

    @Option(names = "--force", description = "Override the gates; a hold or a conflict is never overridden.")
    private boolean force;

    @Mixin
    private AuthorOptions author;

    @Mixin
    private TrustOption trusted;

    @Option(
            names = "--from-trust",
            paramLabel = "FILE",
            description = "The same for --from, where other keys sign; by default those of --trust. Repeatable.")
    private List<Path> trustedThere = List.of();

    @Override
    Answer run() throws IOException {
        StoreAddress target = new StoreAddress("--to", to);
        Optional<TrustList> trust = trusted.stated();
        Optional<TrustList> trustThere = TrustOption.read(trustedThere);
        try (BlobStore source = new StoreAddress("--from", from).open()) {
            PromoteRequest all = request(source);
            PromoteRequest request = trustThere.map(all::trustSource).orElse(all);
            return PublisherOptions.with(
                    target,
                    author,
                    trust,
                    create,
                    builder -> answer(builder.build().promote(request)));
        }
    }

    private PromoteRequest request(BlobStore source) {
        PromoteRequest request = PromoteRequest.from(source, scope.scope(), reason);
        request = number == null ? request : request.release(number);
        request = create ? request.createSurface() : request;
        return force ? request.overrideAll() : request;
    }

    private static Answer answer(Release release) {
        ObjectNode json = Json.object(release.scope());
        Json.putRevision(json, release.revision());
        json.put("already_current", release.alreadyCurrent());
        String text = release.alreadyCurrent()
                ? "Release %d of %s is current there already with these artifacts; nothing was changed.%n"
                : "Promoted as release %d of %s. Readers serve it within their refresh interval.%n";
        return Answer.done(json, String.format(text, release.id(), release.scope()));
    }
}
