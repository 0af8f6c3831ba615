package dev.recsys.cli;

import dev.recsys.Explanation;
import dev.recsys.NotFoundException;
import dev.recsys.NotReadyException;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.artifact.Revision;
import dev.recsys.control.Exposure;
import dev.recsys.controls.ExposureDocument;
import dev.recsys.controls.InMemoryEventSink;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.SnapshotStatus;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "recommend", description = "Asks for recommendations, as an application would.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class RecommendCommand extends Action {
    @Mixin
    private ServedOption store;

    @Mixin
    private ScopeOptions scope;

    @Mixin
    private RequestOptions options;

    @Mixin
    private ControlsOption controls;

    @Option(
            names = "--local",
            paramLabel = "DIR",
            description = "Keep local copies in DIR, and answer from them while the store is away.")
    private @Nullable Path local;

    @Option(
            names = "--explain",
            description = "Say why the list is as it is: what each signal gave, boosts, rules, and places by score.")
    private boolean explain;

    @Option(
            names = "--why-not",
            paramLabel = "ITEM",
            description = "Say why this item is not in the list. Repeatable; implies --explain.")
    private List<String> whyNot = List.of();

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Append what was shown, and all that it was made of, to FILE as one line of JSON, for replay."
                    + " It holds the user's id and recent items: personal data.")
    private @Nullable Path record;

    @Override
    Answer run() throws IOException {
        RecommendationRequest request = options.request(scope.scope());
        TrustList trust = store.trust();
        if (local != null) {
            store.requireOutside("--local", local);
        }
        if (record != null) {
            store.requireOutside("--record", record);
        }
        Optional<ControlsOption.Opened> configured = controls.open(store::requireOutside);
        InMemoryEventSink shown = InMemoryEventSink.keeping(1);
        try (ServedOption.Opened opened = store.open(controls::database);
                EmbeddedRecommender recommender = over(opened.store(), trust, configured, shown)) {
            recommender.invalidate(scope.tenant(), scope.surface()).join();
            SnapshotStatus status = load(recommender, opened.store(), trust);
            Answer answer = answer(recommender, request, configured.isPresent());
            if (record != null) {
                append(record, shown.exposures());
            }
            if (local != null) {
                status.lastError().ifPresent(terminal()::warn);
            }
            return answer;
        } finally {
            configured.ifPresent(ControlsOption.Opened::close);
        }
    }

    /** Appends each record with one write; the file is made if it is missing. */
    private static void append(Path file, List<Exposure> exposures) throws IOException {
        for (Exposure exposure : exposures) {
            byte[] line = (ExposureDocument.write(exposure) + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }
    }

    private Answer answer(EmbeddedRecommender recommender, RecommendationRequest request, boolean isControlled) {
        Recommendations answer = recommender.recommend(request);
        if (!explain && whyNot.isEmpty()) {
            return Answer.done(Recommended.json(answer), Recommended.text(answer, isControlled));
        }
        Set<String> asked = new LinkedHashSet<>(whyNot);
        Explanation explanation = recommender.explain(request, asked);
        return Answer.done(Explained.json(explanation), Explained.text(explanation, asked, isControlled));
    }

    /** A surface that a recommender finds nothing of may have lost its pointer: the history tells. */
    private SnapshotStatus load(EmbeddedRecommender recommender, BlobStore opened, TrustList trust) {
        try {
            return recommender.preload(scope.tenant(), scope.surface(), Duration.ZERO);
        } catch (NotReadyException e) {
            if (e.getCause() == null && store.isTables()) {
                throw new NotFoundException("The tables of " + scope.scope() + " in " + opened.location()
                        + " were never filled. Fill them: recsys tables fill.");
            }
            if (e.getCause() == null) {
                Revision unused = StoreOption.reading(
                        opened, trust, publisher -> publisher.current(scope.tenant(), scope.surface()));
            }
            throw e;
        }
    }

    private EmbeddedRecommender over(
            BlobStore opened, TrustList trust, Optional<ControlsOption.Opened> configured, InMemoryEventSink shown) {
        EmbeddedRecommender.Builder builder =
                EmbeddedRecommender.builder(opened).trust(trust).eventSink(shown);
        if (local != null) {
            builder.localCopies(local);
        }
        configured.ifPresent(known -> builder.controls(known.controls()));
        return builder.build();
    }
}
