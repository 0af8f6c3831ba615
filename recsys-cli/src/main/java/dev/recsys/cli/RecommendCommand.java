package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Degradation;
import dev.recsys.NotReadyException;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.artifact.Revision;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.SnapshotStatus;
import dev.recsys.store.BlobStore;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "recommend", description = "Asks for recommendations, as an application would.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class RecommendCommand extends Action {
    @Mixin
    private StoreOption store;

    @Mixin
    private ScopeOptions scope;

    @Option(names = "--user", paramLabel = "U", description = "The user's id.")
    private @Nullable String user;

    @Option(
            names = "--recent",
            split = ",",
            paramLabel = "ITEM",
            description = "The user's recent items, most recent first.")
    private List<String> recent = List.of();

    @Option(names = "--segment", paramLabel = "SEGMENT", description = "The segment whose popular items to prefer.")
    private @Nullable String segment;

    @Option(names = "--exclude", split = ",", paramLabel = "ITEM", description = "Items to leave out.")
    private List<String> excludes = List.of();

    @Option(names = "--k", paramLabel = "N", description = "How many items (default: ${DEFAULT-VALUE}).")
    private int k = RecommendationRequest.DEFAULT_K;

    @Option(
            names = "--local",
            paramLabel = "DIR",
            description = "Keep local copies in DIR, and answer from them while the store is away.")
    private @Nullable Path local;

    @Override
    Answer run() throws IOException {
        RecommendationRequest request = request();
        TrustList trust = store.trust();
        if (local != null) {
            store.requireOutside("--local", local);
        }
        try (BlobStore opened = store.open();
                EmbeddedRecommender recommender = over(opened, trust)) {
            recommender.invalidate(scope.tenant(), scope.surface()).join();
            SnapshotStatus status = load(recommender, opened, trust);
            Recommendations answer = recommender.recommend(request);
            if (local != null) {
                status.lastError().ifPresent(terminal()::warn);
            }
            return Answer.done(json(answer), text(answer));
        }
    }

    /** A surface that a recommender finds nothing of may have lost its pointer: the history tells. */
    private SnapshotStatus load(EmbeddedRecommender recommender, BlobStore opened, TrustList trust) {
        try {
            return recommender.preload(scope.tenant(), scope.surface(), Duration.ZERO);
        } catch (NotReadyException e) {
            if (e.getCause() == null) {
                Revision unused = ManifestPublisher.builder(opened, "reader")
                        .trust(trust)
                        .readOnly()
                        .build()
                        .current(scope.tenant(), scope.surface());
            }
            throw e;
        }
    }

    private EmbeddedRecommender over(BlobStore opened, TrustList trust) {
        EmbeddedRecommender.Builder builder =
                EmbeddedRecommender.builder(opened).trust(trust);
        if (local != null) {
            builder.localCopies(local);
        }
        return builder.build();
    }

    private RecommendationRequest request() {
        RecommendationRequest.Builder request = RecommendationRequest.of(scope.tenant(), scope.surface())
                .excludes(new LinkedHashSet<>(excludes))
                .k(k);
        if (user != null) {
            request.user(user);
        }
        if (!recent.isEmpty()) {
            request.recentItems(recent);
        }
        if (segment != null) {
            request.segment(segment);
        }
        return request.build();
    }

    private static ObjectNode json(Recommendations answer) {
        ObjectNode json = Json.object(answer.scope())
                .put("release", answer.release())
                .put("epoch", answer.epoch())
                .put("seq", answer.seq());
        ArrayNode items = json.putArray("items");
        for (RecommendedItem item : answer.items()) {
            ObjectNode node = items.addObject().put("item_id", item.itemId()).put("score", (float) item.score());
            ArrayNode signals = node.putArray("signals");
            item.signals().forEach(signals::add);
        }
        ArrayNode degradations = json.putArray("degradations");
        for (Degradation degradation : answer.degradations()) {
            degradations
                    .addObject()
                    .put("kind", degradation.kind().name().toLowerCase(Locale.ROOT))
                    .put("detail", degradation.detail());
        }
        return json;
    }

    private static String text(Recommendations answer) {
        TextTable table = new TextTable("#", "ITEM", "SCORE", "BECAUSE OF");
        int rank = 1;
        for (RecommendedItem item : answer.items()) {
            table.row(
                    rank++,
                    item.itemId(),
                    String.format(Locale.ROOT, "%.4f", item.score()),
                    String.join(" + ", item.signals()));
        }
        StringBuilder text = new StringBuilder(table.toString());
        text.append(String.format(
                "Release %d of %s (revision %d/%d).%n",
                answer.release(), answer.scope(), answer.epoch(), answer.seq()));
        for (Degradation degradation : answer.degradations()) {
            text.append(String.format(
                    "Note: %s - %s%n", degradation.kind().name().toLowerCase(Locale.ROOT), degradation.detail()));
        }
        return text.toString();
    }
}
