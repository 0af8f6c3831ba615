package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import dev.recsys.RefusedException;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Release;
import dev.recsys.artifact.Revision;
import dev.recsys.control.Outcome;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.SignalBuildReport;
import dev.recsys.publish.Build;
import dev.recsys.publish.BuiltArtifact;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.InMemoryUserHistory;
import dev.recsys.serve.RecommenderListener;
import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.table.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells the story of one release and one bad one, with everything real: files, store, publisher, recommender. */
final class Demo {
    private static final int SHOWN = 5;
    private static final int REPEATS = 20_000;
    private static final String ANNA = "anna";

    private final Scope scope;
    private final Path work;
    private final PrintStream story;
    private final InMemoryUserHistory history = new InMemoryUserHistory(1_000, 50);
    private final AtomicInteger emptyAnswers = new AtomicInteger();
    private int step;

    Demo(Scope scope, Path work, PrintStream story) {
        this.scope = scope;
        this.work = work;
        this.story = story;
    }

    Answer run(SignalBuild signals) throws IOException {
        SignalBuildReport report = build(signals);
        Path storeFolder = unusedFolder("store");
        Path copies = unusedFolder("copies");
        try (BlobStore store = FileBlobStore.create(storeFolder);
                ManifestPublisher publisher = ManifestPublisher.open(store, "demo")) {
            List<Recommendations> good = new ArrayList<>();
            boolean restored = fromShipToRollback(publisher, store, copies, report.build(), storeFolder, good);
            restored &= startWithoutTheStore(store, storeFolder, copies, good);
            Answer answer = summary(publisher, storeFolder, restored);
            if (!restored) {
                throw new DamagedException("The answers differ from those before the bad release");
            }
            return answer;
        }
    }

    private boolean fromShipToRollback(
            ManifestPublisher publisher,
            BlobStore store,
            Path copies,
            Build build,
            Path storeFolder,
            List<Recommendations> good)
            throws IOException {
        try (EmbeddedRecommender recommender = reader(store, copies)) {
            ship(publisher, build, storeFolder);
            recommender.preload(scope.tenant(), scope.surface(), Duration.ofSeconds(30));
            good.addAll(recommendToAll(recommender, build));
            shipEmptyBuild(publisher, recommender);
            return rollBack(publisher, recommender, good);
        }
    }

    private EmbeddedRecommender reader(BlobStore store, Path copies) {
        return EmbeddedRecommender.builder(store)
                .userHistory(history)
                .localCopies(copies)
                .listener(alarm())
                .build();
    }

    private Path unusedFolder(String name) {
        Path folder = work.resolve(name);
        for (int i = 2; Files.exists(folder); i++) {
            folder = work.resolve(name + "-" + i);
        }
        return folder;
    }

    private SignalBuildReport build(SignalBuild signals) throws IOException {
        title("Events become artifacts");
        SignalBuildReport report = signals.into(work.resolve("build"));
        say(
                "Read %,d lines: %,d events count; %d were duplicates, %d malformed (set aside, never fatal).",
                report.read().lines(),
                report.read().events(),
                report.read().duplicates(),
                report.read().malformed());
        for (BuiltArtifact artifact : report.build().artifacts().values()) {
            say("  %-10s %,d items in %,d bytes", artifact.type(), artifact.rows(), artifact.sizeBytes());
        }
        return report;
    }

    private void ship(ManifestPublisher publisher, Build build, Path storeFolder) {
        title("Ship: upload the artifacts, then swap one pointer");
        Release release =
                publisher.ship(ShipRequest.of(scope, build, "the first release").createSurface());
        say("Release %d of %s is current. The store is a folder: %s", release.id(), scope, storeFolder);
        say("A reader loads it in the background, and logs the line that operators look for:");
    }

    private List<Recommendations> recommendToAll(EmbeddedRecommender recommender, Build build) throws IOException {
        title("Recommend, in this process and from memory");
        Recommendations newcomer =
                recommend(recommender, "somebody new", request().user("new-user"));
        List<RecommendedItem> popular = newcomer.items();
        for (RecommendedItem item : popular.subList(0, Math.min(2, popular.size()))) {
            history.record(new Outcome(scope, ANNA, item.itemId(), "purchase", Instant.now()));
        }
        say("Anna buys the first two of these; the application records that, and the next answer knows:");
        Recommendations known = recommend(recommender, "Anna", request().user(ANNA));
        say("Asked %,d times, the median answer took %.0f microseconds.", REPEATS, medianMicros(recommender));
        Optional<String> segment = firstSegment(build);
        if (segment.isEmpty()) {
            say("These events name no segments; if they did, each would have a popularity of its own.");
            return List.of(newcomer, known);
        }
        Recommendations inSegment = recommend(
                recommender,
                "somebody new in segment '" + segment.get() + "'",
                request().user("new-user").segment(segment.get()));
        return List.of(newcomer, known, inSegment);
    }

    private void shipEmptyBuild(ManifestPublisher publisher, EmbeddedRecommender recommender) throws IOException {
        title("A bad build: last night's export was empty");
        Path noEvents = Files.writeString(work.resolve("empty.jsonl"), "");
        Build empty = SignalBuild.of(scope, List.of(noEvents))
                .into(work.resolve("empty-build"))
                .build();
        try {
            publisher.ship(ShipRequest.of(scope, empty, "nightly build"));
            throw new DamagedException("The gates let an empty build through");
        } catch (RefusedException refused) {
            say("Refused, nothing changed:");
            refused.refusals().forEach(refusal -> say("  [%s] %s", refusal.gate(), refusal.detail()));
        }
        say("Somebody is in a hurry and forces it...");
        Release forced =
                publisher.ship(ShipRequest.of(scope, empty, "forced in a hurry").overrideAll());
        refresh(recommender);
        say("Release %d is current, with these answers:", forced.id());
        recommend(recommender, "somebody new", request().user("new-user"));
        recommend(recommender, "Anna", request().user(ANNA));
    }

    private boolean rollBack(ManifestPublisher publisher, EmbeddedRecommender recommender, List<Recommendations> good) {
        title("Roll back: swap the pointer again; the old artifacts are still there");
        Release back = publisher.rollback(scope.tenant(), scope.surface(), "answers were empty");
        refresh(recommender);
        say("Release %d is current again, and ships are held, so that tonight's job does not repeat it.", back.id());
        return answersAsBefore(recommender, good);
    }

    private boolean startWithoutTheStore(BlobStore store, Path storeFolder, Path copies, List<Recommendations> good)
            throws IOException {
        title("The store goes away, and the application starts anew");
        Path away = Files.move(storeFolder, unusedFolder("store-away"));
        say("The folder %s is moved away, and a new recommender starts with the copies on its own disk:", storeFolder);
        try (EmbeddedRecommender recommender = reader(store, copies)) {
            refresh(recommender);
            boolean restored = answersAsBefore(recommender, good);
            Files.move(away, storeFolder);
            refresh(recommender);
            say(
                    "The folder is moved back, and the status is %s again.",
                    recommender
                            .status(scope.tenant(), scope.surface())
                            .state()
                            .name()
                            .toLowerCase(Locale.ROOT));
            return restored;
        }
    }

    private boolean answersAsBefore(EmbeddedRecommender recommender, List<Recommendations> good) {
        Recommendations newcomer =
                recommend(recommender, "somebody new", request().user("new-user"));
        Recommendations known = recommend(recommender, "Anna", request().user(ANNA));
        boolean restored = newcomer.items().equals(good.get(0).items())
                && known.items().equals(good.get(1).items());
        say(
                restored
                        ? "The answers are the same as before, to the last digit."
                        : "The answers DIFFER from those before.");
        return restored;
    }

    private Answer summary(ManifestPublisher publisher, Path storeFolder, boolean restored) {
        title("What was done, newest first");
        List<Revision> revisions = publisher.history(scope.tenant(), scope.surface(), 100);
        TextTable table = new TextTable("", "SEQ", "WHAT", "RELEASE", "REASON");
        revisions.forEach(revision -> table.row(
                revision.current() ? "*" : "",
                revision.seq(),
                revision.operation().kind(),
                revision.release(),
                revision.operation().reason()));
        story.print(table);
        String where = String.format(
                "--store %s --tenant %s --surface %s", storeFolder.toUri(), scope.tenant(), scope.surface());
        say("%nTry next:");
        say("  ./recsys status %s", where);
        say("  ./recsys recommend %s --user you --k 5", where);
        say("  ./recsys unhold %s --reason 'the export is mended'", where);
        ObjectNode json = Json.object(scope)
                .put("store", storeFolder.toUri().toString())
                .put("revisions", revisions.size())
                .put("empty_answers", emptyAnswers.get())
                .put("restored", restored);
        return Answer.done(json, "");
    }

    /** What an application would connect to its metrics. */
    private RecommenderListener alarm() {
        return new RecommenderListener() {
            @Override
            public void onRequest(RecommendationRequest request, Recommendations answer, long latencyNanos) {
                if (answer.items().isEmpty()) {
                    emptyAnswers.incrementAndGet();
                    say(
                            "  ALARM: empty answer on %s by release %d (%d so far)",
                            answer.scope(), answer.release(), emptyAnswers.get());
                }
            }
        };
    }

    private Recommendations recommend(
            EmbeddedRecommender recommender, String who, RecommendationRequest.Builder request) {
        Recommendations answer = recommender.recommend(request.build());
        say("For %s (release %d):", who, answer.release());
        for (RecommendedItem item : answer.items()) {
            say("  %-28s %.3f  because of %s", item.itemId(), item.score(), String.join(" and ", item.signals()));
        }
        answer.degradations()
                .forEach(degradation ->
                        say("  (%s: %s)", degradation.kind().name().toLowerCase(Locale.ROOT), degradation.detail()));
        return answer;
    }

    private double medianMicros(EmbeddedRecommender recommender) {
        RecommendationRequest anna = request().user(ANNA).build();
        long[] nanos = new long[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            recommender.recommend(anna);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[REPEATS / 2] / 1e3;
    }

    private void refresh(EmbeddedRecommender recommender) {
        recommender.invalidate(scope.tenant(), scope.surface()).join();
    }

    private RecommendationRequest.Builder request() {
        return RecommendationRequest.of(scope.tenant(), scope.surface()).k(SHOWN);
    }

    private static Optional<String> firstSegment(Build build) throws IOException {
        BuiltArtifact popularity = build.artifacts().get(ArtifactType.POPULARITY);
        if (popularity == null) {
            return Optional.empty();
        }
        Table table = Table.open(popularity.file());
        for (int row = 0; row < table.rowCount(); row++) {
            if (!table.rowKey(row).isEmpty()) {
                return Optional.of(table.rowKey(row));
            }
        }
        return Optional.empty();
    }

    private void title(String title) {
        story.printf(Locale.ROOT, "%n== %d. %s%n", ++step, title);
    }

    private void say(String format, Object... arguments) {
        story.printf(Locale.ROOT, format + "%n", arguments);
        story.flush();
    }
}
